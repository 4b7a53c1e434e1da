import { useSyncExternalStore } from 'react';
import { usePreferences } from './preferences';

const systemDark = matchMedia('(prefers-color-scheme: dark)');
const onSystemTheme = (listener: () => void) => {
  systemDark.addEventListener('change', listener);
  return () => systemDark.removeEventListener('change', listener);
};

/** Whether the dark theme shows: as the person chose, else as the system has it. */
export function useIsDark(): boolean {
  const wanted = usePreferences(state => state.theme);
  const isSystemDark = useSyncExternalStore(onSystemTheme, () => systemDark.matches);
  return wanted === 'dark' || (wanted === 'system' && isSystemDark);
}
