import { AlertRegular } from '@fluentui/react-icons/svg/alert';
import { ArrowClockwiseRegular } from '@fluentui/react-icons/svg/arrow-clockwise';
import { useMemo, type ReactNode } from 'react';
import { Link, useNavigate } from 'react-router';
import { number, text } from '../../../api/infotable';
import { toQuery, type Condition } from '../../../api/filter';
import { live } from '../../../api/live';
import { call } from '../../../api/services';
import { formatStamp } from '../../../api/values';
import { entityKey } from '../../../app/entityDraft';
import { useAddress } from '../../../app/useAddress';
import { useStatus } from '../../../frame/status';
import { Chip } from '../../../parts/Chip';
import { EmptyState } from '../../../parts/EmptyState';
import { ErrorBar } from '../../../parts/ErrorBar';
import { FilterBox } from '../../../parts/FilterBox';
import type { GridColumn } from '../../../parts/grid';
import { Name } from '../../../parts/Name';
import { RangeChip } from '../../../parts/RangeChip';
import { readRange, timesOf, writeRange } from '../../../parts/range';
import { ToolButton } from '../../../parts/ToolButton';
import { texts } from '../../../texts';
import type { Ask, Entry } from '../entries/entries';
import { EntryGrid } from '../entries/EntryGrid';
import { useEntries } from '../entries/useEntries';
import css from '../Monitoring.module.css';

const words = texts.monitoring.alerts;
const sources = ['alerts'];
const happenings = ['Alert', 'AlertReset', 'AlertAck'];

/** What happened to the alerts of all Things: fired, reset, acknowledged. `children` stand before the filters. */
export function AlertHistory({ children }: { children: ReactNode }) {
  const [address, put] = useAddress();
  const navigate = useNavigate();
  const [state, thing] = [address.get('state') ?? '', address.get('q') ?? ''];
  const range = readRange(address);
  const question = JSON.stringify([state, thing, range]);
  const ask = useMemo((): Ask => {
    const { from, to } = timesOf(range, live.serverNow());
    const conditions: Condition[] = [
      ...(state ? [{ field: 'eventName', operator: 'EQ' as const, values: [state] }] : []), ...(thing ? [{ field: 'source', operator: 'LIKE' as const, values: [thing] }] : []),
    ];
    const query = toQuery(conditions) as Record<string, unknown> | undefined;
    return async (_, until, maxItems, signal) => {
      const end = until ?? to;
      return (await call('Resources/AlertFunctions', 'QueryAlertHistory', {
        maxItems, ...(from === undefined ? {} : { startDate: from }), ...(end === undefined ? {} : { endDate: end }), ...(query ? { query } : {}),
      }, signal)).rows;
    };
  }, [question]);
  const entries = useEntries({ sources, ask, question });
  useStatus(entries.isOpen ? words.loaded(entries.entries.length, entries.isEnd) : '');
  return (
    <>
      <div className={css.bar}>
        {children}
        <Chip label={words.event} value={state} values={happenings} wordOf={one => words.happenings[one] ?? one} onChange={value => put({ state: value })} />
        <RangeChip range={range} onChange={value => put(writeRange(value))} />
        <div className="grow" />
        <ToolButton icon={ArrowClockwiseRegular} label={texts.monitoring.refresh} onClick={entries.refresh} />
        <FilterBox value={thing} label={words.filterThing} onChange={value => put({ q: value })} />
      </div>
      <ErrorBar error={entries.error} action={{ label: texts.actions.tryAgain, run: entries.refresh }} />
      <div className={css.grid}>
        <EntryGrid
          id="alerts-history" label={words.history} columns={columns} state={entries} onOpen={entry => void navigate(`${entityKey('Things', text(entry.row, 'source'))}/alerts`)}
          empty={<EmptyState icon={AlertRegular} title={words.noHistory} hint={words.noneHint} />}
        />
      </div>
    </>
  );
}

const columns: readonly GridColumn<Entry>[] = [
  { id: 'time', title: words.time, cell: ({ time }) => <span className="mono">{formatStamp(time)}</span>, width: 192 },
  { id: 'event', title: words.event, cell: ({ row }) => words.happenings[text(row, 'eventName')] ?? text(row, 'eventName'), width: 120 },
  { id: 'thing', title: words.thing, cell: ({ row }) => <Link to={`${entityKey('Things', text(row, 'source'))}/alerts`} tabIndex={-1} className={css.name}><Name name={text(row, 'source')} /></Link>, width: 190, grow: 1 },
  { id: 'property', title: words.property, cell: ({ row }) => text(row, 'sourceProperty'), width: 130 },
  { id: 'name', title: words.alert, cell: ({ row }) => <>{text(row, 'name')} <span className="dim">{text(row, 'alertType')}</span></>, width: 160, drop: 1 },
  { id: 'priority', title: words.priority, cell: ({ row }) => number(row, 'priority'), width: 80, align: 'end', drop: 3 },
  { id: 'message', title: words.message, cell: ({ row }) => <span title={text(row, 'message')}>{text(row, 'message')}</span>, width: 200, grow: 2 },
  { id: 'by', title: words.by, cell: ({ row }) => <span className="dim">{text(row, 'ackBy')}</span>, width: 130, drop: 2 },
];
