import { useState, type FocusEvent, type KeyboardEvent, type MouseEvent } from 'react';

/** What a key does with a cell. */
export type CellAction = 'edit' | 'menu';

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
  /** Where cells can be reached: the columns that show, and what edits a cell or opens its menu. Answers whether it did. */
  columns?: readonly string[] | undefined;
  onCell?: ((index: number, column: string, action: CellAction) => boolean) | undefined;
}

/**
 * Keys of a grid: arrows, Home, End and pages move; Enter opens or edits the cell, F2 edits it, Shift F10 opens its menu; Space chooses; Shift extends; Ctrl A chooses all; Escape none.
 * The active row is remembered by its key, so that it stays when rows come and go above it.
 */
export function useGridKeys({ keys, selection, onSelection, pageSize, scrollTo, onOpen, onEdge, columns = [], onCell }: Options) {
  const [active, setActive] = useState<string | undefined>();
  const [anchor, setAnchor] = useState<string | undefined>();
  const [column, setColumn] = useState<string | undefined>();
  const place = onCell ? Math.max(0, columns.indexOf(column ?? '')) : -1;
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
    const atCell = (action: CellAction) => position >= 0 && onCell?.(position, columns[place] ?? '', action) === true;
    const step = (by: number) => () => setColumn(columns[Math.min(columns.length - 1, Math.max(0, place + by))]);
    const actions: Record<string, (() => void) | undefined> = {
      ArrowDown: () => move(position + 1, event.shiftKey),
      ArrowUp: () => move(position - 1, event.shiftKey),
      Home: onEdge ? () => onEdge('first') : () => move(0, event.shiftKey),
      End: onEdge ? () => onEdge('last') : () => move(keys.length - 1, event.shiftKey),
      PageDown: () => move(position + pageSize(), event.shiftKey),
      PageUp: () => move(position - pageSize(), event.shiftKey),
      ArrowRight: onCell && !isMod ? step(1) : undefined,
      ArrowLeft: onCell && !isMod ? step(-1) : undefined,
      F2: onCell ? () => { atCell('edit'); } : undefined,
      ContextMenu: onCell ? () => { atCell('menu'); } : undefined,
      F10: onCell && event.shiftKey ? () => { atCell('menu'); } : undefined,
      Enter: position >= 0 && !isMod ? () => { if (!atCell('edit')) onOpen(position); } : undefined,
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
    const cell = onCell && event.target instanceof Element ? event.target.closest<HTMLElement>('[data-column]')?.dataset['column'] : undefined;
    if (cell !== undefined) setColumn(cell);
  };

  const onFocus = (event: FocusEvent<HTMLElement>) => {
    if (event.target === event.currentTarget && position < 0) setActive(keys[0]);
  };

  return { active: position < 0 ? undefined : active, column: columns[place], onKeyDown, onRowClick, onFocus, toggle };
}
