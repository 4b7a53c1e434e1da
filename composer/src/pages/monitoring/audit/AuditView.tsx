import { HistoryRegular } from '@fluentui/react-icons/svg/history';
import { ArrowClockwiseRegular } from '@fluentui/react-icons/svg/arrow-clockwise';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { text } from '../../../api/infotable';
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
import { Facts } from '../../../parts/Facts';
import { FilterBox } from '../../../parts/FilterBox';
import { formatTime } from '../../../parts/format';
import type { GridColumn } from '../../../parts/grid';
import { RangeChip } from '../../../parts/RangeChip';
import { readRange, timesOf, writeRange } from '../../../parts/range';
import { SidePanel, WithPanel } from '../../../parts/SidePanel';
import { ToolButton } from '../../../parts/ToolButton';
import { kindOfType } from '../../../registry';
import { texts } from '../../../texts';
import type { Ask, Entry } from '../entries/entries';
import { EntryGrid, useEntryPlace } from '../entries/EntryGrid';
import { useEntries } from '../entries/useEntries';
import css from '../Monitoring.module.css';

const words = texts.monitoring.audit;
const categories = ['Entity', 'Permission', 'SignIn', 'Audit'];
const sources = ['audit'];

/** Who changed what, and who signed in: by category, user, entity, words and time. */
export default function AuditView() {
  const [address, put] = useAddress();
  const [category, user, source, q] = [address.get('category') ?? '', address.get('user') ?? '', address.get('source') ?? '', address.get('q') ?? ''];
  const range = readRange(address);
  const question = JSON.stringify([category, user, source, q, range]);
  const ask = useMemo((): Ask => {
    const { from, to } = timesOf(range, live.serverNow());
    const conditions: Condition[] = [
      ...(user ? [{ field: 'user', operator: 'EQ' as const, values: [user] }] : []), ...(source ? [{ field: 'source', operator: 'EQ' as const, values: [source] }] : []),
      ...(q ? [{ field: 'message', operator: 'LIKE' as const, values: [q] }] : []),
    ];
    const query = toQuery(conditions) as Record<string, unknown> | undefined;
    return async (_, until, maxItems, signal) => {
      const end = until ?? to;
      return (await call('Subsystems/AuditSubsystem', 'QueryAuditHistory', {
        maxItems, ...(category ? { auditCategory: category } : {}), ...(from === undefined ? {} : { startDate: from }), ...(end === undefined ? {} : { endDate: end }), ...(query ? { query } : {}),
      }, signal)).rows;
    };
  }, [question]);
  const entries = useEntries({ sources, ask, question });
  const { grid, shown, setShown } = useEntryPlace();
  const seen = (field: string) => [...new Set(entries.entries.slice(0, 2_000).map(entry => text(entry.row, field)))].filter(Boolean).sort((a, b) => a.localeCompare(b)).slice(0, 60);
  const columns = useMemo(() => columnsOf(setShown), []);
  const isFiltered = question !== JSON.stringify(['', '', '', '', { span: '', from: undefined, to: undefined }]);
  useStatus(entries.isOpen ? words.loaded(entries.entries.length, entries.isEnd) : '');
  return (
    <>
      <div className={css.bar}>
        <Chip label={words.category} value={category} values={categories} wordOf={one => words.categories[one] ?? one} onChange={value => put({ category: value })} />
        <Chip label={words.user} value={user} values={seen('user')} onChange={value => put({ user: value })} />
        <Chip label={words.source} value={source} values={seen('source')} onChange={value => put({ source: value })} />
        <RangeChip range={range} onChange={value => put(writeRange(value))} />
        <div className="grow" />
        <ToolButton icon={ArrowClockwiseRegular} label={texts.monitoring.refresh} onClick={entries.refresh} />
        <FilterBox value={q} label={words.filter} onChange={value => put({ q: value })} />
      </div>
      <ErrorBar error={entries.error} action={{ label: texts.actions.tryAgain, run: entries.refresh }} />
      <WithPanel panel={shown && <EntryPanel entry={shown} onClose={() => setShown(undefined)} />}>
        <div className={css.grid}>
          <EntryGrid
            id="audit" label={words.title} columns={columns} state={entries} current={shown?.key} onOpen={setShown} ref={grid}
            empty={isFiltered
              ? <EmptyState icon={HistoryRegular} title={words.noneMatch} action={{ label: texts.browse.clearFilter, run: () => put({ category: '', user: '', source: '', q: '', range: '', from: '', to: '' }) }} />
              : <EmptyState icon={HistoryRegular} title={words.none} hint={words.noneHint} />}
          />
        </div>
      </WithPanel>
    </>
  );
}

function EntryPanel({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const { row } = entry;
  return (
    <SidePanel title={words.entry} label={words.entry} onClose={onClose}>
      <span>{text(row, 'message')}</span>
      <Facts facts={[[words.time, formatTime(entry.time)], [words.category, words.categories[text(row, 'auditCategory')] ?? text(row, 'auditCategory')], [words.user, text(row, 'user')], [words.source, <Source key="source" entry={entry} />]]} />
    </SidePanel>
  );
}

/** The entity that an entry is about; one that is gone is a name. */
function Source({ entry: { row } }: { entry: Entry }) {
  const [name, kind] = [text(row, 'source'), kindOfType(text(row, 'sourceType'))];
  return kind && name !== '' && !/was deleted\.$/.test(text(row, 'message')) ? <Link to={entityKey(kind.collection, name)} tabIndex={-1}>{name}</Link> : name;
}

const columnsOf = (open: (entry: Entry) => void): GridColumn<Entry>[] => [
  { id: 'time', title: words.time, cell: entry => <span className="mono">{formatStamp(entry.time)}</span>, width: 192 },
  { id: 'user', title: words.user, cell: entry => <span className={css.name}>{text(entry.row, 'user')}</span>, width: 140 },
  { id: 'message', title: words.message, cell: entry => <button type="button" className={css.open} tabIndex={-1} onClick={() => open(entry)}>{text(entry.row, 'message')}</button>, width: 260, grow: 1 },
  { id: 'source', title: words.source, cell: entry => <Source entry={entry} />, width: 200, drop: 2 },
  { id: 'category', title: words.category, cell: entry => <span className="dim">{words.categories[text(entry.row, 'auditCategory')] ?? text(entry.row, 'auditCategory')}</span>, width: 120, drop: 1 },
];
