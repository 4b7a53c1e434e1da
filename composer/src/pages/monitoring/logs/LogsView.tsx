import { DocumentTextRegular } from '@fluentui/react-icons/svg/document-text';
import { OptionsRegular } from '@fluentui/react-icons/svg/options';
import { PauseRegular } from '@fluentui/react-icons/svg/pause';
import { PlayRegular } from '@fluentui/react-icons/svg/play';
import { useMemo, useState } from 'react';
import { text } from '../../../api/infotable';
import { useKindList } from '../../../api/lists';
import { live } from '../../../api/live';
import { formatStamp } from '../../../api/values';
import { useAddress } from '../../../app/useAddress';
import { useShortcut } from '../../../frame/shortcuts';
import { useStatus } from '../../../frame/status';
import { Chip } from '../../../parts/Chip';
import { EmptyState } from '../../../parts/EmptyState';
import { ErrorBar } from '../../../parts/ErrorBar';
import { FilterBox } from '../../../parts/FilterBox';
import { ColumnChoice, type GridColumn } from '../../../parts/grid';
import { RangeChip } from '../../../parts/RangeChip';
import { readRange, writeRange } from '../../../parts/range';
import { WithPanel } from '../../../parts/SidePanel';
import { ToolButton } from '../../../parts/ToolButton';
import { kindById } from '../../../registry';
import { texts } from '../../../texts';
import type { Entry } from '../entries/entries';
import { EntryGrid, useEntryPlace } from '../entries/EntryGrid';
import { useEntries } from '../entries/useEntries';
import css from '../Monitoring.module.css';
import { LevelsPanel } from './LevelsPanel';
import { LinePanel } from './LinePanel';
import { askLogs, levels, matchesLine, type LogFilter } from './logs';
import { useLogTail } from './useLogTail';

const words = texts.monitoring.logs;
const none: readonly string[] = [];

/** Lines of one log or of all, as they come: filters, a tail that can be held, older lines by scrolling, the whole text of each. */
export default function LogsView() {
  const [address, put] = useAddress();
  const list = useKindList(kindById('Logs'));
  const names = useMemo(() => list.data?.map(log => log.name) ?? none, [list.data]);
  const filter: LogFilter = {
    log: address.get('log') ?? '', level: address.get('level') ?? '', origin: address.get('origin') ?? '', user: address.get('user') ?? '', text: address.get('q') ?? '', range: readRange(address),
  };
  const logs = useMemo(() => (filter.log === '' ? names : [filter.log]), [names, filter.log]);
  const question = JSON.stringify([filter, logs]);
  const ask = useMemo(() => askLogs(filter, live.serverNow()), [question]);
  const { grid, shown, setShown, top, setTop } = useEntryPlace();
  const [isHeldByHand, setIsHeldByHand] = useState(false);
  const [showsLevels, setShowsLevels] = useState(false);
  const isOpenEnded = filter.range.to === undefined;
  const isHeld = isHeldByHand || top > 0;
  const lines = useEntries({ sources: logs, ask, question, isHeld });
  const tailError = useLogTail(logs, isOpenEnded && logs.length > 0, (log, rows) => lines.add(log, rows.filter(matchesLine(filter))), lines.refresh);

  const release = () => {
    setIsHeldByHand(false);
    setTop(0);
    grid.current?.scrollTo(0);
    lines.release();
  };
  const hold = () => (isHeld ? release() : setIsHeldByHand(true));
  useShortcut({ keys: 'Space', does: words.keyHold, isOff: !isOpenEnded }, hold);
  useStatus(lines.isOpen ? words.loaded(lines.entries.length, lines.isEnd) : '');

  const columns = useMemo(() => columnsOf(filter.log === '', setShown), [filter.log === '']);
  const seen = (field: string) => [...new Set(lines.entries.slice(0, 2_000).map(entry => text(entry.row, field)))].filter(Boolean).sort((a, b) => a.localeCompare(b)).slice(0, 60);
  const isFiltered = filter.level !== '' || filter.origin !== '' || filter.user !== '' || filter.text !== '' || filter.range.span !== '' || filter.range.from !== undefined || !isOpenEnded;
  const clear = () => put({ level: '', origin: '', user: '', q: '', range: '', from: '', to: '' });
  const panel = showsLevels ? <LevelsPanel logs={names} onClose={() => setShowsLevels(false)} />
    : shown && <LinePanel line={shown} onFilter={(field, value) => put({ [field]: value })} onClose={() => setShown(undefined)} />;
  return (
    <>
      <div className={css.bar}>
        <Chip label={words.log} value={filter.log} values={names} onChange={log => put({ log })} />
        <Chip label={words.level} value={filter.level} values={levels} wordOf={words.andAbove} onChange={level => put({ level })} />
        <Chip label={words.origin} value={filter.origin} values={seen('origin')} onChange={origin => put({ origin })} />
        <Chip label={words.user} value={filter.user} values={seen('user')} onChange={user => put({ user })} />
        <RangeChip range={filter.range} onChange={range => put(writeRange(range))} />
        <div className="grow" />
        {lines.waiting > 0 && <button type="button" className={css.came} onClick={release}>{words.came(lines.waiting)}</button>}
        <ToolButton icon={isHeld ? PlayRegular : PauseRegular} label={isHeld ? words.resume : words.hold} hint={isOpenEnded ? words.keyHold : words.noTail} disabled={!isOpenEnded} onClick={hold} />
        <ToolButton icon={OptionsRegular} label={words.levels} onClick={() => { setShown(undefined); setShowsLevels(!showsLevels); }} />
        <FilterBox value={filter.text} label={words.filter} onChange={q => put({ q })} />
        <ColumnChoice id="logs" columns={columns} />
      </div>
      <ErrorBar error={list.error ?? lines.error ?? tailError} action={{ label: texts.actions.tryAgain, run: () => { void list.refetch(); lines.refresh(); } }} />
      <WithPanel panel={panel}>
        <div className={css.grid} data-live>
          <EntryGrid
            id="logs" label={words.title} columns={columns} state={lines} current={shown?.key} onOpen={setShown} onTop={setTop} ref={grid}
            empty={isFiltered
              ? <EmptyState icon={DocumentTextRegular} title={words.noneMatch} hint={texts.browse.noneMatchHint(filter.text)} action={{ label: texts.browse.clearFilter, run: clear }} />
              : <EmptyState icon={DocumentTextRegular} title={words.none} hint={words.noneHint} />}
          />
        </div>
      </WithPanel>
    </>
  );
}

const columnsOf = (isOfAll: boolean, open: (line: Entry) => void): GridColumn<Entry>[] => [
  { id: 'time', title: words.time, cell: line => <span className="mono">{formatStamp(line.time)}</span>, width: 192 },
  { id: 'level', title: words.level, cell: line => <span className={css.level} data-level={text(line.row, 'level')}>{text(line.row, 'level')}</span>, width: 64 },
  ...(isOfAll ? [{ id: 'log', title: words.log, cell: (line: Entry) => <span className="dim">{line.source}</span>, width: 134, drop: 2 }] : []),
  { id: 'origin', title: words.origin, cell: line => <span title={text(line.row, 'origin')}>{text(line.row, 'origin')}</span>, width: 170, drop: 1 },
  { id: 'content', title: words.content, cell: line => <button type="button" className={css.open} tabIndex={-1} onClick={() => open(line)}>{text(line.row, 'content').slice(0, 400)}</button>, width: 260, grow: 1 },
  { id: 'user', title: words.user, cell: line => <span className="dim">{text(line.row, 'user')}</span>, width: 120, drop: 3 },
  { id: 'thread', title: words.thread, cell: line => <span className="dim">{text(line.row, 'thread')}</span>, width: 130, drop: 4 },
];
