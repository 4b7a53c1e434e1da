import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** What a person chose on this browser. */
export interface Preferences {
  readonly theme: 'system' | 'light' | 'dark';
  readonly showsTree: boolean;
  /** Groups of the Browse tree that are folded. */
  readonly foldedGroups: readonly string[];
  /** Whether single letters are keys outside fields. */
  readonly usesLetterKeys: boolean;
  /** Hidden columns by grid. */
  readonly hiddenColumns: Readonly<Record<string, readonly string[]>>;
  readonly set: (change: Partial<Omit<Preferences, 'set'>>) => void;
}

export const usePreferences = create<Preferences>()(persist(
  set => ({
    theme: 'system', showsTree: true, foldedGroups: [], usesLetterKeys: true, hiddenColumns: {},
    set: change => set(change),
  }),
  { name: 'hansa.composer.preferences' },
));
