import { AlertRegular } from '@fluentui/react-icons/svg/alert';
import { CheckmarkRegular } from '@fluentui/react-icons/svg/checkmark';
import { useMemo, useState, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { flag, number, text, time, type Row } from '../../../api/infotable';
import { useLiveRows } from '../../../api/useLiveRows';
import { entityKey } from '../../../app/entityDraft';
import { useAddress } from '../../../app/useAddress';
import { useStatus } from '../../../frame/status';
import { Age } from '../../../parts/Age';
import { Chip } from '../../../parts/Chip';
import { EmptyState } from '../../../parts/EmptyState';
import { ErrorBar } from '../../../parts/ErrorBar';
import { FilterBox } from '../../../parts/FilterBox';
import { DataGrid, type GridColumn } from '../../../parts/grid';
import { Name } from '../../../parts/Name';
import { RowSkeletons } from '../../../parts/Skeletons';
import { ToolButton } from '../../../parts/ToolButton';
import { texts } from '../../../texts';
import css from '../Monitoring.module.css';
import { AcknowledgeDialog } from './AcknowledgeDialog';

const words = texts.monitoring.alerts;
const mostListed = 10_000;
const keyOf = (row: Row) => [text(row, 'source'), text(row, 'sourceProperty'), text(row, 'name')].join(' ');
const stateOf = (row: Row) => (flag(row, 'isActive') ? (flag(row, 'ack') ? 'noted' : 'active') : 'over');

/** Alerts that hold or that nobody has taken note of, of all Things; one or many can be acknowledged. `children` stand before the filters. */
export function AlertSummary({ children }: { children: ReactNode }) {
  const [address, put] = useAddress();
  const navigate = useNavigate();
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set());
  const [asked, setAsked] = useState<readonly Row[] | undefined>();
  const { rows, error } = useLiveRows('Resources/AlertFunctions', 'GetAlertSummary', { maxItems: mostListed }, 1_000);
  const [state, q] = [address.get('state') ?? '', (address.get('q') ?? '').toLowerCase()];
  const shown = useMemo(() => (rows ?? []).filter(row => (state === '' || stateOf(row) === state) && ['source', 'sourceProperty', 'name', 'message'].some(field => text(row, field).toLowerCase().includes(q))), [rows, state, q]);
  const chosen = shown.filter(row => selection.has(keyOf(row)));
  const open = (chosen.length > 0 ? chosen : shown).filter(row => !flag(row, 'ack'));
  const toThing = (row: Row) => `${entityKey('Things', text(row, 'source'))}/alerts`;
  useStatus(rows ? words.count(rows.filter(row => flag(row, 'isActive')).length, rows.filter(row => !flag(row, 'ack')).length) : '');
  return (
    <>
      <div className={css.bar}>
        {children}
        <Chip label={words.state} value={state} values={['active', 'noted', 'over']} wordOf={one => words.states[one] ?? one} onChange={value => put({ state: value })} />
        <div className="grow" />
        <ToolButton icon={CheckmarkRegular} label={words.acknowledge(open.length, chosen.length === 0)} hint={open.length === 0 ? texts.alerts.noneOpen : undefined} disabled={open.length === 0} onClick={() => setAsked(open)} />
        <FilterBox value={address.get('q') ?? ''} label={words.filter} onChange={value => put({ q: value })} />
      </div>
      <ErrorBar error={error} />
      <div className={css.grid} data-live>
        {rows === undefined && error === undefined ? <RowSkeletons /> : (
          <DataGrid
            id="alert-summary" label={words.title} rows={shown} columns={columns} keyOf={keyOf} onOpen={row => void navigate(toThing(row))} selection={selection} onSelection={setSelection}
            empty={<EmptyState icon={AlertRegular} title={rows?.length ? words.noneMatch : words.none} hint={words.noneHint} />}
          />
        )}
      </div>
      {asked && <AcknowledgeDialog alerts={asked} onClose={() => { setAsked(undefined); setSelection(new Set()); }} />}
    </>
  );
}

const columns: readonly GridColumn<Row>[] = [
  { id: 'thing', title: words.thing, value: row => text(row, 'source'), cell: row => <Link to={`${entityKey('Things', text(row, 'source'))}/alerts`} tabIndex={-1} className={css.name}><Name name={text(row, 'source')} /></Link>, width: 200, grow: 2 },
  { id: 'state', title: words.state, value: row => words.states[stateOf(row)], cell: row => <span style={stateOf(row) === 'active' ? { color: 'var(--s-down-fg)', fontWeight: 600 } : undefined}>{words.states[stateOf(row)]}</span>, width: 170 },
  { id: 'priority', title: words.priority, value: row => number(row, 'priority'), width: 80, align: 'end' },
  { id: 'property', title: words.property, value: row => text(row, 'sourceProperty'), width: 130, grow: 1 },
  { id: 'name', title: words.alert, value: row => text(row, 'name'), cell: row => <span title={text(row, 'description')}>{text(row, 'name')} <span className="dim">{text(row, 'alertType')}</span></span>, width: 160, grow: 1, drop: 1 },
  { id: 'message', title: words.message, value: row => text(row, 'message'), cell: row => <span title={text(row, 'message')}>{text(row, 'message')}</span>, width: 200, grow: 3, drop: 3 },
  { id: 'since', title: words.since, value: row => time(row, 'timestamp'), cell: row => <Age time={time(row, 'timestamp') ?? 0} />, width: 90, align: 'end' },
  { id: 'by', title: words.by, value: row => text(row, 'ackBy'), cell: row => <span className="dim">{text(row, 'ackBy')}</span>, width: 130, drop: 2 },
];
