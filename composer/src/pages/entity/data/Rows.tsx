import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, Switch } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { DataTrendingRegular } from '@fluentui/react-icons/svg/data-trending';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { EditRegular } from '@fluentui/react-icons/svg/edit';
import { PauseRegular } from '@fluentui/react-icons/svg/pause';
import { PlayRegular } from '@fluentui/react-icons/svg/play';
import { TableRegular } from '@fluentui/react-icons/svg/table';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useMemo, useRef, useState, type MouseEvent, type ReactNode } from 'react';
import { readShape } from '../../../api/definitions';
import type { EntityDocument } from '../../../api/entities';
import { number, type Row } from '../../../api/infotable';
import { useRefusals } from '../../../app/rights';
import { useShortcut } from '../../../frame/shortcuts';
import { tell, useStatus } from '../../../frame/status';
import { confirm } from '../../../parts/confirm';
import { EmptyState } from '../../../parts/EmptyState';
import { ErrorBar } from '../../../parts/ErrorBar';
import { formatCount } from '../../../parts/format';
import { ColumnChoice, DataGrid, type CellAction, type GridColumn, type GridHandle } from '../../../parts/grid';
import { columnsOfFields } from '../../../parts/grid/fields';
import { RowSkeletons } from '../../../parts/Skeletons';
import { ToolButton } from '../../../parts/ToolButton';
import { texts } from '../../../texts';
import { useDataView } from './address';
import { CellEditor } from './CellEditor';
import { CellMenu, type CellTarget } from './CellMenu';
import { chartable } from './chartData';
import css from './DataTab.module.css';
import { canDelete, canEdit, changeEntry, deleteEntry, isKey, writer } from './editing';
import { EntryDialog } from './EntryDialog';
import { exportRows } from './exporting';
import { FilterChips } from './FilterChips';
import { RangeChip } from '../../../parts/RangeChip';
import { fieldOrder, type DataSource } from './sources';
import { useRows } from './useRows';
import { useTail } from './useTail';

const ChartPanel = lazy(() => import('./ChartPanel'));

/** So long after the last scroll the address learns where the rows stand, ms. */
const settling = 400;

/** Where room is scarce these go first, the last one first. */
const seldom = ['id', 'quality', 'sourceType', 'tags', 'location'];

/** The rows of a source: filters, chart, live tail, and a grid that can be edited. `server` is where they are, undefined for this one; `children` stand before the filters. */
export function Rows({ entity, source, server, children }: { entity: EntityDocument; source: DataSource; server: string | undefined; children?: ReactNode }) {
  const { view, setRange, setConditions, setAt, setChart, setChartFields } = useDataView();
  const { conditions, range } = view;
  const { window: rows, state, times, isFiltered, count, refresh } = useRows(source, conditions, range, view.at);
  const shape = useQuery({ queryKey: ['shape', source.shape], queryFn: ({ signal }) => readShape(source.shape, signal), enabled: source.shape !== '' });
  const refusals = useRefusals(entity);
  const [noAdd, noChange, noDelete] = (['add', 'change', 'delete'] as const).map(writing => refusals.service(writer(source, writing)));
  const [mayAdd, mayChange, mayDelete] = [canEdit(source) && noAdd === undefined, canEdit(source) && noChange === undefined, canDelete(source) && noDelete === undefined];
  const grid = useRef<GridHandle>(null);
  const frame = useRef<HTMLDivElement>(null);
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<{ row?: Row } | undefined>();
  const [cell, setCell] = useState<{ key: string; field: string } | undefined>();
  const [target, setTarget] = useState<CellTarget | undefined>();
  const [isOn, setIsOn] = useState(true);
  const [isHeldByHand, setIsHeldByHand] = useState(false);
  const [top, setTop] = useState(0);
  const [failure, setFailure] = useState<unknown>();
  const [progress, setProgress] = useState<{ rows: number; stop: () => void } | undefined>();
  const [since, setSince] = useState<readonly Row[]>([]);

  const fields = useMemo(() => fieldOrder(state.fields, source, shape.data), [state.fields, source, shape.data]);
  const shapeFields = useMemo(() => shape.data ?? fields.filter(field => !source.ownFields.has(field.name)), [shape.data, fields, source]);
  const hasTail = source.tail !== undefined && (range.to === undefined || range.span !== '');
  const isScrolled = top > 0 || !state.isAtNewest;
  const tail = useTail({
    source, conditions, isOn: isOn && hasTail && state.isOpen, isHeld: isHeldByHand || isScrolled,
    onRows: (came, isGap) => {
      const known = new Set(state.rows.map(source.keyOf));
      const wanted = came.filter(row => !known.has(source.keyOf(row)) && (number(row, 'timestamp') ?? 0) >= (times.from ?? -Infinity));
      if (isGap) return refresh();
      rows?.prepend(wanted);
      setSince(last => [...wanted, ...last].slice(0, 5_000));
    },
  });
  const hold = () => {
    setIsHeldByHand(!isHeldByHand);
    if (isHeldByHand && tail.waiting.rows > 0) toNewest();
  };
  const toNewest = () => {
    tail.forget();
    setIsHeldByHand(false);
    setAt(undefined);
    grid.current?.scrollTo(0);
    setTop(0);
    refresh();
  };
  useEffect(() => { if (rows) rows.onShift = by => grid.current?.scrollBy(by); }, [rows]);
  useEffect(() => {
    const timer = setTimeout(() => {
      const row = top === 0 ? undefined : state.rows[top - state.first];
      const at = row && source.hasTimes ? number(row, 'timestamp') : undefined;
      if (state.isOpen && at !== view.at && (top === 0 || row)) setAt(at);
    }, settling);
    return () => clearTimeout(timer);
    // The address follows the scroll; rows that come do not move it.
  }, [top, state.isOpen, state.first]);

  const all = count === undefined ? undefined : Math.max(count, state.isAtNewest && state.isAtOldest && !isFiltered ? state.rows.length : 0);
  useStatus(state.isOpen ? texts.data.loaded(state.rows.length, isFiltered ? (state.isAtNewest && state.isAtOldest ? state.rows.length : undefined) : all) : '');
  useShortcut({ keys: 'Space', does: texts.data.keyTail, isOff: !isOn || !hasTail }, hold);
  useShortcut({ keys: 'N', does: texts.data.newRow, isOff: !mayAdd }, () => setDialog({}));
  useShortcut({ keys: 'E', does: texts.data.editRow, isOff: !mayChange || selection.size !== 1 }, () => edit());
  useShortcut({ keys: 'Delete', does: texts.data.deleteRow, isOff: !mayDelete || selection.size === 0 }, () => void remove(chosen()));

  const chosen = () => state.rows.filter(row => selection.has(source.keyOf(row)));
  const edit = (row = chosen()[0]) => { if (row) setDialog({ row }); };
  const remove = async (gone: readonly Row[]) => {
    if (gone.length === 0 || !(await confirm({ title: texts.data.deleteTitle(gone.length), detail: texts.data.deleteHint(source.thing), action: texts.data.deleteTitle(gone.length), isDangerous: true }))) return;
    setFailure(undefined);
    let deleted = 0;
    for (const row of gone) {
      try {
        await deleteEntry(source, row);
        rows?.replace(source.keyOf(row), undefined);
        deleted += 1;
      } catch (error) {
        setFailure(error);
        break;
      }
    }
    setSelection(new Set());
    if (deleted > 0) tell(texts.data.deleted(deleted));
  };
  const saveCell = async (row: Row, field: string, next: Row) => {
    await changeEntry(source, shapeFields, row, next);
    rows?.replace(source.keyOf(row), next);
    setCell(undefined);
    tell(texts.data.changed(`${source.keyOf(row)}, ${field}`));
    grid.current?.focus();
  };
  const save = async (form: 'csv' | 'json') => {
    const controller = new AbortController();
    const stop = () => controller.abort();
    setProgress({ rows: 0, stop });
    setFailure(undefined);
    try {
      const saved = await exportRows(form, source, conditions, times, controller.signal, done => setProgress({ rows: done, stop }));
      tell(texts.data.exported(saved, `${source.thing}.${form}`));
    } catch (error) {
      if (!controller.signal.aborted) setFailure(error);
    }
    setProgress(undefined);
  };

  const editsCells = source.kind === 'table';
  // Widths are those of the first rows: columns must not jump while scrolling.
  const sample = useMemo(() => state.rows.slice(0, 100), [state.fields]);
  const columns = useMemo(() => columnsOfFields<Row>(fields, row => row, sample).map(({ value: _, ...rest }): GridColumn<Row> => {
    const column = seldom.includes(rest.id) && source.ownFields.has(rest.id) && !shapeFields.some(field => field.name === rest.id) ? { ...rest, drop: 1 + seldom.indexOf(rest.id) } : rest;
    const field = fields.find(one => one.name === column.id);
    return cell?.field === column.id && field
      ? { ...column, cell: row => (source.keyOf(row) === cell.key ? <CellEditor field={field} row={row} onSave={next => saveCell(row, field.name, next)} onClose={() => setCell(undefined)} onCancel={() => { setCell(undefined); grid.current?.focus(); }} /> : column.cell?.(row)) }
      : column;
  }), [fields, sample, cell, source]);

  const cellOf = (element: EventTarget): { row: Row; field: string; element: HTMLElement } | undefined => {
    const at = element instanceof Element ? element.closest<HTMLElement>('[data-column]') : null;
    const key = at?.closest<HTMLElement>('[data-key]')?.dataset['key'];
    const row = state.rows.find(one => source.keyOf(one) === key);
    return at && row ? { row, field: at.dataset['column'] ?? '', element: at } : undefined;
  };
  const openMenu = (found: ReturnType<typeof cellOf>) => {
    if (found) setTarget({ row: found.row, field: fields.find(field => field.name === found.field), at: found.element.getBoundingClientRect() });
  };
  const onDoubleClick = (event: MouseEvent) => {
    const found = cellOf(event.target);
    if (found) editCell(found.row, found.field);
  };
  const editCell = (row: Row, name: string): boolean => {
    const field = shapeFields.find(one => one.name === name);
    if (!editsCells || !mayChange || !field || isKey(field) || field.baseType === 'INFOTABLE') return false;
    setCell({ key: source.keyOf(row), field: field.name });
    return true;
  };
  const onCell = (row: Row, name: string, action: CellAction): boolean => {
    if (action === 'edit') return editCell(row, name);
    const element = frame.current?.querySelector('[data-cell]');
    if (element) setTarget({ row, field: fields.find(field => field.name === name), at: element.getBoundingClientRect() });
    return true;
  };

  const emptyHint = { stream: texts.data.noneStream, table: texts.data.noneTable, values: texts.data.noneHistory, history: texts.data.noneHistory }[source.kind];
  const canChart = source.hasTimes && chartable(fields).length > 0;
  const rate = tail.rate === 0 ? texts.data.noneArrive : texts.data.perSecond(tail.rate < 10 ? tail.rate.toFixed(1) : tail.rate.toFixed(0));
  return (
    <>
      <div className={css.bar}>
        {children}
        {source.hasTimes && <RangeChip range={range} onChange={setRange} />}
        <FilterChips fields={fields.length > 0 ? fields : shapeFields} conditions={conditions} onChange={setConditions} />
        <div className="grow" />
        {count !== undefined && <span className={`${css.count ?? ''} num`}><b>{isFiltered && state.isAtNewest && state.isAtOldest ? `${formatCount(state.rows.length)} / ` : ''}{formatCount(all ?? 0)}</b> <span className="dim">{texts.data.rowsWord(all ?? 0)}</span></span>}
        {progress
          ? <Button size="small" onClick={progress.stop} title={texts.data.stop}>{texts.data.exporting(progress.rows)} {texts.data.stop}</Button>
          : (
            <Menu>
              <MenuTrigger disableButtonEnhancement><Button size="small" appearance="subtle" icon={<ArrowDownloadRegular />}>{texts.data.export}</Button></MenuTrigger>
              <MenuPopover><MenuList><MenuItem onClick={() => void save('csv')}>{texts.data.exportAs('CSV')}</MenuItem><MenuItem onClick={() => void save('json')}>{texts.data.exportAs('JSON')}</MenuItem></MenuList></MenuPopover>
            </Menu>
          )}
      </div>
      <ErrorBar error={state.error} action={{ label: texts.actions.tryAgain, run: refresh }} />
      <ErrorBar error={failure} />
      {view.showsChart && canChart && state.isOpen && (
        <Suspense>
          <ChartPanel
            source={source} fields={fields} conditions={conditions} times={times} count={count} server={server} since={since} chosen={view.chartFields} onChosen={setChartFields}
            onRange={(from, to) => setRange({ span: '', from, to })} onWhole={times.from === undefined && times.to === undefined ? undefined : () => setRange({ span: '', from: undefined, to: undefined })}
          />
        </Suspense>
      )}
      <div className={css.tail}>
        {hasTail && <Switch checked={isOn} label={texts.data.live} onChange={(_, data) => setIsOn(data.checked)} />}
        {hasTail && isOn && <span className="hint num" data-live>{tail.error ?? rate}</span>}
        {tail.waiting.rows > 0 && <button type="button" className={css.came} title={texts.data.toNewest} onClick={toNewest}>{texts.data.cameMeanwhile(tail.waiting.rows)}{tail.waiting.isMore && '+'}</button>}
        <div className="grow" />
        {hasTail && isOn && <><ToolButton appearance="subtle" icon={isHeldByHand ? PlayRegular : PauseRegular} label={isHeldByHand ? texts.data.resume : texts.data.hold} onClick={hold} /><kbd>Space</kbd></>}
        {canChart && <ToolButton appearance="subtle" icon={DataTrendingRegular} label={view.showsChart ? texts.data.hideChart : texts.data.showChart} onClick={() => setChart(!view.showsChart)} />}
        {canEdit(source) && <ToolButton appearance="subtle" icon={AddRegular} label={texts.data.newRow} disabled={!mayAdd} hint={noAdd} onClick={() => setDialog({})} />}
        {canEdit(source) && <ToolButton appearance="subtle" icon={EditRegular} label={texts.data.edit} disabled={!mayChange || selection.size !== 1} hint={noChange ?? (selection.size === 1 ? undefined : texts.data.chooseOne)} onClick={() => edit()} />}
        {canDelete(source) && <ToolButton appearance="subtle" icon={DeleteRegular} label={texts.actions.delete} disabled={!mayDelete || selection.size === 0} hint={noDelete ?? (selection.size === 0 ? texts.data.chooseAny : undefined)} onClick={() => void remove(chosen())} />}
        <ColumnChoice id={`data-${source.kind}-${source.shape || source.thing}`} columns={columns} />
      </div>
      <div
        ref={frame} className={css.grid} data-live onDoubleClick={onDoubleClick}
        onContextMenu={event => {
          const found = cellOf(event.target);
          // The key of the keyboard has opened the menu of the active cell already.
          if (found || event.target instanceof Element && event.target.matches('[role=grid]')) event.preventDefault();
          openMenu(found);
        }}
      >
        {!state.isOpen && state.error === undefined && <RowSkeletons rows={12} height={26} />}
        {state.isOpen && (
          <DataGrid
            ref={grid} id={`data-${source.kind}-${source.shape || source.thing}`} label={texts.data.rowsOf(source.thing)} rowHeight={26} rows={state.rows} columns={columns} keyOf={source.keyOf} fresh={tail.fresh}
            {...(canDelete(source) ? { selection, onSelection: setSelection } : {})} {...(mayChange && !editsCells ? { onOpen: edit } : {})} onCell={onCell}
            window={{ first: state.first, total: state.total, onRange: (from, to) => rows?.show(from, to), onTop: setTop }}
            empty={isFiltered
              ? <EmptyState icon={TableRegular} title={texts.data.noneMatch} hint={texts.data.noneMatchHint} action={{ label: texts.data.clearFilters, run: () => { setConditions([]); setRange({ span: '', from: undefined, to: undefined }); } }} />
              : <EmptyState icon={TableRegular} title={texts.data.none} hint={emptyHint} {...(mayAdd ? { action: { label: texts.data.newRow, run: () => setDialog({}), isPrimary: true } } : {})} />}
          />
        )}
        <HoverButton frame={frame} onOpen={element => openMenu(cellOf(element))} />
      </div>
      {target && (
        <CellMenu
          target={target} onClose={() => { setTarget(undefined); grid.current?.focus(); }} onFilter={condition => setConditions([...conditions, condition])}
          onEdit={mayChange ? row => edit(row) : undefined} onDelete={mayDelete ? row => void remove([row]) : undefined}
        />
      )}
      {dialog && (
        <EntryDialog
          source={source} fields={shapeFields} row={dialog.row} onClose={() => setDialog(undefined)}
          onDone={row => {
            if (!dialog.row) {
              tell(texts.data.added(source.thing));
              if (!hasTail || !isOn || source.kind === 'table') refresh();
            } else {
              rows?.replace(source.keyOf(dialog.row), row);
              tell(texts.data.changed(source.keyOf(dialog.row)));
            }
          }}
        />
      )}
    </>
  );
}

/** One button that stands in the cell under the mouse and opens its menu. */
function HoverButton({ frame, onOpen }: { frame: React.RefObject<HTMLDivElement | null>; onOpen: (cell: Element) => void }) {
  const [place, setPlace] = useState<{ cell: Element; left: number; top: number } | undefined>();
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const onOver = (event: globalThis.MouseEvent) => {
      const over = event.target instanceof Element ? event.target : null;
      if (over?.closest('[data-hover]')) return;
      const found = over?.closest('[role=gridcell][data-column]');
      if (!found || found.querySelector('input')) return setPlace(undefined);
      const [box, outer] = [found.getBoundingClientRect(), element.getBoundingClientRect()];
      setPlace({ cell: found, left: Math.min(box.right, outer.right - 16) - outer.left - 22, top: box.top - outer.top + (box.height - 20) / 2 });
    };
    const hide = () => setPlace(undefined);
    element.addEventListener('mouseover', onOver);
    element.addEventListener('mouseleave', hide);
    element.addEventListener('scroll', hide, { capture: true });
    return () => {
      element.removeEventListener('mouseover', onOver);
      element.removeEventListener('mouseleave', hide);
      element.removeEventListener('scroll', hide, { capture: true });
    };
  }, [frame]);
  return place && <button type="button" data-hover tabIndex={-1} className={css.menuButton} style={{ left: place.left, top: place.top }} aria-label={texts.data.cellMenu} title={texts.data.cellMenu} onClick={() => onOpen(place.cell)}><ChevronDownRegular aria-hidden /></button>;
}
