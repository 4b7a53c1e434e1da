import { useEffect, useEffectEvent } from 'react';
import { create } from 'zustand';
import { usePreferences } from '../app/preferences';

/** A key and what it does here. */
export interface Shortcut {
  /** `Ctrl+K`, `Alt+1`, `?`, or two keys one after the other: `G H`. */
  readonly keys: string;
  readonly does: string;
  /** Whether it belongs to the frame; the list of keys shows the page's own first. */
  readonly isGlobal?: boolean;
  /** Works also while a field has the focus; keys with Ctrl and Alt always do. */
  readonly inFields?: boolean;
  /** Not now. */
  readonly isOff?: boolean;
}

interface Entry extends Shortcut { readonly run: () => void }

/** What keys do now; the newest entry of a key wins. */
export const useShortcuts = create<{ readonly entries: readonly Entry[] }>()(() => ({ entries: [] }));

/** Binds a key while the component stands. The list of keys (`?`) shows it. */
export function useShortcut({ keys, does, isGlobal = false, inFields = false, isOff = false }: Shortcut, run: () => void): void {
  const handle = useEffectEvent(run);
  useEffect(() => {
    if (isOff) return undefined;
    const entry: Entry = { keys, does, isGlobal, inFields, run: () => handle() };
    useShortcuts.setState(({ entries }) => ({ entries: [...entries, entry] }));
    return () => useShortcuts.setState(({ entries }) => ({ entries: entries.filter(one => one !== entry) }));
  }, [keys, does, isGlobal, inFields, isOff]);
}

/** The key of an event as shortcuts write it. */
export function keyOf(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'code'>): string {
  // Alt changes the character on some keyboards: the digit is told by its place.
  const key = event.altKey && /^Digit\d$/.test(event.code) ? event.code.slice(5) : event.key === ' ' ? 'Space' : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  return `${event.ctrlKey || event.metaKey ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${event.shiftKey && event.key.length > 1 ? 'Shift+' : ''}${key}`;
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) && !/^(checkbox|radio)$/.test(target.getAttribute('type') ?? '');

/** How long the second key of a pair may take, ms. */
const pairTime = 1_200;

/** Runs the shortcuts; one listener for the whole page. */
export function useShortcutKeys(): void {
  useEffect(() => {
    let first = { key: '', at: 0 };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || event.key === 'Control' || event.key === 'Alt' || event.key === 'Shift') return;
      // Space presses what has the focus.
      if (event.key === ' ' && event.target instanceof Element && event.target.closest('button,a,summary,[role=menuitem],[role=radio],[role=switch],[role=checkbox]')) return;
      // A menu keeps its keys: letters find in it, Escape closes it.
      if (event.target instanceof Element && event.target.closest('[role=menu]')) return;
      const key = keyOf(event);
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
      const isInField = isField(event.target);
      const pair = event.timeStamp - first.at < pairTime && isPlain ? `${first.key} ${key}` : '';
      first = { key, at: isPlain && !isInField ? event.timeStamp : 0 };
      if (isPlain && event.key.length === 1 && !usePreferences.getState().usesLetterKeys) return;
      // A dialog in front keeps single keys to itself.
      if (isPlain && document.querySelector('[role=dialog][aria-modal=true]') && event.key !== 'Escape') return;
      const entry = useShortcuts.getState().entries.findLast(one => (one.keys === pair || one.keys === key) && (!isPlain || !isInField || one.inFields));
      if (!entry) return;
      event.preventDefault();
      entry.run();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, []);
}
