import type { ReactNode } from 'react';

/** A column of a grid. Its widths are pixels. */
export interface GridColumn<T> {
  readonly id: string;
  readonly title: string;
  /** What is sorted by; a column without it cannot be sorted. */
  readonly value?: (row: T) => string | number | boolean | undefined;
  /** What is shown; the value where nothing is said. */
  readonly cell?: (row: T) => ReactNode;
  readonly width: number;
  /** Its share of the room that is left over. */
  readonly grow?: number;
  readonly align?: 'end';
  /** Where room is scarce the column with the highest number goes first; without it the column always stays. */
  readonly drop?: number;
}

/** The columns for a room of so many pixels: optional ones are left out, highest `drop` first, until the rest fits. */
export function fitting<T>(columns: readonly GridColumn<T>[], room: number): readonly GridColumn<T>[] {
  let shown = columns;
  const needs = () => shown.reduce((sum, column) => sum + column.width, 0);
  while (needs() > room) {
    const next = shown.reduce<GridColumn<T> | undefined>((worst, column) => ((column.drop ?? 0) > (worst?.drop ?? 0) ? column : worst), undefined);
    if (!next) break;
    shown = shown.filter(column => column !== next);
  }
  return shown;
}

/** The columns as CSS grid tracks. */
export const tracks = <T>(columns: readonly GridColumn<T>[]): string =>
  columns.map(column => (column.grow ? `minmax(${column.width}px, ${column.grow}fr)` : `${column.width}px`)).join(' ');
