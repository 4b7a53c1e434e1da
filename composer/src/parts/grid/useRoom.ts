import { useLayoutEffect, useState, type RefObject } from 'react';

/** The width of an element, in pixels, as it changes. */
export function useRoom(element: RefObject<HTMLElement | null>): number {
  const [room, setRoom] = useState(1200);
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return undefined;
    const observer = new ResizeObserver(() => setRoom(target.clientWidth));
    observer.observe(target);
    setRoom(target.clientWidth);
    return () => observer.disconnect();
  }, [element]);
  return room;
}
