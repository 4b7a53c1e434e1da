import { useState, type FocusEvent, type KeyboardEvent, type MouseEvent } from 'react';

interface Options {
  /** The rows in their order. */
  keys: readonly string[];
  selection: ReadonlySet<string>;
  onSelection: ((keys: ReadonlySet<string>) => void) | undefined;
  pageSize: () => number;
  scrollTo: (index: number) => void;
  onOpen: (index: number) => void;
  /** Home and End, where there are more rows than are at hand. */
  onEdge?: ((edge: 'first' | 'last') => void) | undefined;
}

/**
 * Keys of a grid: arrows, Home, End and pages move; Enter opens; Space chooses; Shift extends; Ctrl A chooses all; Escape none.
 * The active row is remembered by its key, so that it stays when rows come and go above it.
 */
export function useGridKeys({ keys, selection, onSelection, pageSize, scrollTo, onOpen, onEdge }: Options) {
  const [active, setActive] = useState<string | undefined>();
  const [anchor, setAnchor] = useState<string | undefined>();
  const position = active === undefined ? -1 : keys.indexOf(active);

  const range = (from: string | undefined, to: number): ReadonlySet<string> => {
    const start = Math.max(0, from === undefined ? to : keys.indexOf(from));
    return new Set([...selection, ...keys.slice(Math.min(start, to), Math.max(start, to) + 1)]);
  };
  const move = (to: number, extends_: boolean) => {
    const index = Math.min(keys.length - 1, Math.max(0, to));
    const key = keys[index];
    if (key === undefined) return;
    setActive(key);
    scrollTo(index);
    if (extends_ && onSelection) {
      setAnchor(anchor ?? active ?? key);
      onSelection(range(anchor ?? active, index));
    } else {
      setAnchor(undefined);
    }
  };
  const toggle = (index: number) => {
    const key = keys[index];
    if (key === undefined || !onSelection) return;
    const next = new Set(selection);
    if (!next.delete(key)) next.add(key);
    setActive(key);
    setAnchor(key);
    onSelection(next);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.target !== event.currentTarget || event.altKey) return;
    const isMod = event.ctrlKey || event.metaKey;
    const actions: Record<string, (() => void) | undefined> = {
      ArrowDown: () => move(position + 1, event.shiftKey),
      ArrowUp: () => move(position - 1, event.shiftKey),
      Home: onEdge ? () => onEdge('first') : () => move(0, event.shiftKey),
      End: onEdge ? () => onEdge('last') : () => move(keys.length - 1, event.shiftKey),
      PageDown: () => move(position + pageSize(), event.shiftKey),
      PageUp: () => move(position - pageSize(), event.shiftKey),
      Enter: position >= 0 && !isMod ? () => onOpen(position) : undefined,
      // With rows that come by themselves, Space holds them; Ctrl Space chooses.
      ' ': onSelection && position >= 0 && (isMod || !onEdge) ? () => toggle(position) : undefined,
      a: isMod && onSelection ? () => onSelection(new Set(keys)) : undefined,
      Escape: onSelection && selection.size > 0 ? () => onSelection(new Set()) : undefined,
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };

  const onRowClick = (index: number, event: MouseEvent<HTMLElement>) => {
    const key = keys[index];
    if (key === undefined || (event.target instanceof Element && event.target.closest('a,button,input,[data-check]'))) return;
    if (event.shiftKey && onSelection) onSelection(range(anchor ?? active, index));
    else if ((event.ctrlKey || event.metaKey) && onSelection) toggle(index);
    setActive(key);
  };

  const onFocus = (event: FocusEvent<HTMLElement>) => {
    if (event.target === event.currentTarget && position < 0) setActive(keys[0]);
  };

  return { active: position < 0 ? undefined : active, onKeyDown, onRowClick, onFocus, toggle };
}
