import { useEffect } from 'react';
import { create } from 'zustand';

/** How many wide panels are open: the Browse tree gives way to them. */
export const usePanelRoom = create<{ readonly wanted: number }>()(() => ({ wanted: 0 }));

/** While the component stands, the Browse tree gives way to it. */
export function usePanelNeedsRoom(): void {
  useEffect(() => {
    usePanelRoom.setState(({ wanted }) => ({ wanted: wanted + 1 }));
    return () => usePanelRoom.setState(({ wanted }) => ({ wanted: wanted - 1 }));
  }, []);
}
