import { Checkbox } from '@fluentui/react-components';
import { ArrowSortDownRegular } from '@fluentui/react-icons/svg/arrow-sort-down';
import { ArrowSortUpRegular } from '@fluentui/react-icons/svg/arrow-sort-up';
import {
  columnVisibilityFeature, createColumnHelper, createSortedRowModel, rowSelectionFeature, rowSortingFeature, sortFn_alphanumeric, sortFn_basic, tableFeatures, useTable, type RowData,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useEffectEvent, useImperativeHandle, useMemo, useRef, useState, type ReactNode, type Ref } from 'react';
import { usePreferences } from '../../app/preferences';
import { useMedia } from '../../frame/useMedia';
import { texts } from '../../texts';
import { fitting, tracks, type GridColumn } from './columns';
import css from './DataGrid.module.css';
import { useGridKeys, type CellAction } from './useGridKeys';
import { useRoom } from './useRoom';

/** By which column rows are sorted. */
export interface Sorting { readonly id: string; readonly isDescending: boolean }

/** What others may do with a grid. */
export interface GridHandle {
  readonly focus: () => void;
  /** Moves what shows by so many rows. */
  readonly scrollBy: (rows: number) => void;
  readonly scrollTo: (index: number) => void;
}

/** Where the rows at hand stand among many that are not. */
export interface GridWindow {
  readonly first: number;
  readonly total: number;
  /** Called with the places that show. */
  readonly onRange: (from: number, to: number) => void;
  /** Called with the place of the first row that shows. */
  readonly onTop?: (index: number) => void;
}

interface Properties<T> {
  /** Names the grid; the user's choice of columns is kept under it. */
  id: string;
  /** Says what the rows are. */
  label: string;
  rows: readonly T[];
  columns: readonly GridColumn<T>[];
  keyOf: (row: T) => string;
  /** Enter and double click. */
  onOpen?: (row: T) => void;
  /** Without it rows cannot be chosen. */
  selection?: ReadonlySet<string>;
  onSelection?: (keys: ReadonlySet<string>) => void;
  sorting?: Sorting | undefined;
  onSorting?: (sorting: Sorting) => void;
  /** 32 in lists, 26 in data. */
  rowHeight?: 32 | 26;
  /** Shown below the head when there are no rows. */
  empty?: ReactNode;
  /** Rows that have just come: tinted for a moment. */
  fresh?: ReadonlySet<string>;
  /** The row that a panel beside the grid shows. */
  current?: string | undefined;
  /** Makes cells reachable by keys: edits one or opens its menu, and answers whether it did. */
  onCell?: (row: T, column: string, action: CellAction) => boolean;
  /** Without it, `rows` are all rows. */
  window?: GridWindow;
  ref?: Ref<GridHandle>;
}

const features = tableFeatures({
  columnVisibilityFeature, rowSelectionFeature, rowSortingFeature, sortedRowModel: createSortedRowModel(), sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
});

const none: ReadonlySet<string> = new Set();
// With the padding of a cell the text stands 20 px from the edge.
const margin = 12;
const checkWidth = 40;

/** A virtual grid: fixed row height, sticky head, columns that the user chooses, keys as in the list of keys (docs of Composer). */
export function DataGrid<T extends RowData>(properties: Properties<T>) {
  const { id, label, rows, columns, keyOf, onOpen, selection = none, onSelection, sorting, onSorting, rowHeight: wanted = 32, empty, fresh = none, current, onCell, window: part, ref } = properties;
  const scroller = useRef<HTMLDivElement>(null);
  const [ownSorting, setOwnSorting] = useState<Sorting | undefined>();
  const hidden = usePreferences(state => state.hiddenColumns)[id];
  const room = useRoom(scroller);
  // Fingers need 44 px.
  const isTouch = useMedia('(max-width: 899px)');
  const rowHeight = isTouch ? 44 : wanted;
  const canSelect = onSelection !== undefined;
  const sorted = sorting ?? ownSorting;
  const sort = onSorting ?? setOwnSorting;

  const shown = useMemo(
    () => fitting(columns.filter(column => !hidden?.includes(column.id)), room - 2 * margin - (canSelect ? checkWidth : 0)),
    [columns, hidden, room, canSelect],
  );
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, T>();
    return helper.columns(columns.map(column => helper.accessor(row => column.value?.(row), { id: column.id, sortFn: 'alphanumeric', enableSorting: column.value !== undefined, sortUndefined: 'last' })));
  }, [columns]);
  const data = useMemo(() => [...rows], [rows]);
  const table = useTable({
    features, columns: definitions, data, getRowId: keyOf, enableMultiSort: false, enableSortingRemoval: false,
    state: { sorting: sorted ? [{ id: sorted.id, desc: sorted.isDescending }] : [], rowSelection: Object.fromEntries([...selection].map(key => [key, true])) },
  });
  const ordered = table.getRowModel().rows;

  const first = part?.first ?? 0;
  const virtual = useVirtualizer({ count: part?.total ?? ordered.length, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: 12, paddingStart: rowHeight, scrollPaddingStart: rowHeight });
  const orderedKeys = useMemo(() => ordered.map(row => row.id), [ordered]);
  const grid = useGridKeys({
    keys: orderedKeys, selection, onSelection, pageSize: () => Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 2), scrollTo: index => virtual.scrollToIndex(index + first),
    onEdge: part && (edge => virtual.scrollToIndex(edge === 'first' ? 0 : part.total - 1)),
    onOpen: index => { const row = ordered[index]; if (row) onOpen?.(row.original); },
    columns: onCell && shown.map(column => column.id), onCell: onCell && ((index, column, action) => { const row = ordered[index]; return row !== undefined && onCell(row.original, column, action); }),
  });
  useImperativeHandle(ref, () => ({
    focus: () => scroller.current?.focus(),
    scrollBy: by => { if (scroller.current) scroller.current.scrollTop += by * rowHeight; },
    scrollTo: index => virtual.scrollToIndex(index, { align: 'start' }),
  }), [rowHeight, virtual]);
  useEffect(() => virtual.measure(), [virtual, rowHeight]);

  const items = virtual.getVirtualItems();
  const onRange = useEffectEvent((from: number, to: number) => part?.onRange(from, to));
  const [from, to] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(() => onRange(from, to), [from, to]);
  const topPlace = Math.floor((virtual.scrollOffset ?? 0) / rowHeight);
  const onTop = useEffectEvent((index: number) => part?.onTop?.(index));
  useEffect(() => onTop(topPlace), [topPlace]);

  const template = `${margin}px ${canSelect ? `${checkWidth}px ` : ''}${tracks(shown)} ${margin}px`;
  const chosen = orderedKeys.filter(key => selection.has(key)).length;
  const idOf = (key: string) => `${id}-${encodeURIComponent(key)}`;
  const cellId = (key: string) => `${idOf(key)}-cell`;

  return (
    <div className={css.frame}>
      <div
        ref={scroller} className={css.scroller} role="grid" tabIndex={0} data-inset data-cells={onCell !== undefined || undefined} aria-label={label} aria-rowcount={(part?.total ?? ordered.length) + 1} aria-multiselectable={canSelect || undefined}
        aria-activedescendant={grid.active === undefined ? undefined : grid.column === undefined ? idOf(grid.active) : cellId(grid.active)} onKeyDown={grid.onKeyDown} onFocus={grid.onFocus}
      >
        <div className={css.body} style={{ height: virtual.getTotalSize(), minWidth: shown.reduce((sum, column) => sum + column.width, 2 * margin + (canSelect ? checkWidth : 0)) }} role="rowgroup">
          <div className={css.head} style={{ gridTemplateColumns: template, height: rowHeight }} role="row" aria-rowindex={1}>
            <span />
            {canSelect && (
              <span role="columnheader" className={css.check}>
                <Checkbox
                  aria-label={texts.grid.all} checked={chosen === 0 ? false : chosen === orderedKeys.length ? true : 'mixed'}
                  onChange={(_, { checked }) => onSelection(checked === true ? new Set(orderedKeys) : none)}
                />
              </span>
            )}
            {shown.map(column => (
              <span key={column.id} role="columnheader" data-align={column.align} aria-sort={sorted?.id === column.id ? (sorted.isDescending ? 'descending' : 'ascending') : undefined}>
                {column.value
                  ? (
                    <button type="button" className={css.sort} onClick={() => sort({ id: column.id, isDescending: sorted?.id === column.id && !sorted.isDescending })}>
                      <span className="ellipsis">{column.title}</span>
                      {sorted?.id === column.id && (sorted.isDescending ? <ArrowSortUpRegular aria-hidden /> : <ArrowSortDownRegular aria-hidden />)}
                    </button>
                  )
                  : <span className="ellipsis">{column.title}</span>}
              </span>
            ))}
          </div>
          {items.map(item => {
            const row = ordered[item.index - first];
            if (!row) return part ? <div key={`place-${String(item.index)}`} className={css.row} data-place style={{ height: rowHeight, transform: `translateY(${String(item.start)}px)` }} /> : null;
            const isChosen = selection.has(row.id);
            return (
              <div
                key={row.id} id={idOf(row.id)} role="row" data-key={row.id} data-dense={wanted === 26 || undefined} aria-rowindex={item.index + 2} aria-selected={canSelect ? isChosen : undefined} className={css.row}
                data-chosen={isChosen || row.id === current || undefined} data-active={grid.active === row.id || undefined} data-fresh={fresh.has(row.id) || undefined}
                style={{ gridTemplateColumns: template, height: rowHeight, transform: `translateY(${item.start}px)` }}
                onClick={event => grid.onRowClick(item.index - first, event)} onDoubleClick={() => onOpen?.(row.original)}
              >
                <span />
                {canSelect && <span role="gridcell" className={css.check} data-check><Checkbox aria-label={row.id} tabIndex={-1} checked={isChosen} onChange={() => grid.toggle(item.index - first)} /></span>}
                {shown.map(column => <span key={column.id} role="gridcell" data-column={column.id} data-align={column.align} {...(grid.active === row.id && grid.column === column.id ? { id: cellId(row.id), 'data-cell': true } : {})}>{column.cell ? column.cell(row.original) : column.value?.(row.original)}</span>)}
              </div>
            );
          })}
        </div>
      </div>
      {ordered.length === 0 && (part?.total ?? 0) === 0 && empty && <div className={css.empty} style={{ top: rowHeight }}>{empty}</div>}
    </div>
  );
}
