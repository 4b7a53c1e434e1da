import { Button } from '@fluentui/react-components';
import { PeopleRegular } from '@fluentui/react-icons/svg/people';
import { useMemo, useState } from 'react';
import { number, text, time, type Row } from '../../../api/infotable';
import { call } from '../../../api/services';
import { useLiveRows } from '../../../api/useLiveRows';
import { useAddress } from '../../../app/useAddress';
import { tell, useStatus } from '../../../frame/status';
import { Age } from '../../../parts/Age';
import { confirm } from '../../../parts/confirm';
import { EmptyState } from '../../../parts/EmptyState';
import { ErrorBar } from '../../../parts/ErrorBar';
import { formatTime } from '../../../parts/format';
import { DataGrid, type GridColumn } from '../../../parts/grid';
import { Mono } from '../../../parts/Mono';
import { Segments } from '../../../parts/Segments';
import { Server } from '../../../parts/Server';
import { RowSkeletons } from '../../../parts/Skeletons';
import { readLinkState, State } from '../../../parts/State';
import { texts } from '../../../texts';
import css from '../Monitoring.module.css';

const words = texts.monitoring.sessions;

/** Who is signed in with a browser, and which servers are linked. */
export default function SessionsView() {
  const [address, put] = useAddress();
  const isOfServers = address.get('show') === 'servers';
  return (
    <>
      <div className={css.bar}>
        <Segments label={words.show} value={isOfServers ? 'servers' : 'browsers'} choices={[{ value: 'browsers', label: words.browsers }, { value: 'servers', label: words.servers }]} onChange={show => put({ show: show === 'browsers' ? '' : show })} />
      </div>
      {isOfServers ? <Servers /> : <Browsers />}
    </>
  );
}

function Browsers() {
  const { rows, error } = useLiveRows('Resources/SessionFunctions', 'GetSessions', {}, 1_000);
  const [failure, setFailure] = useState<unknown>();
  useStatus(rows ? words.count(rows.length) : '');
  const columns = useMemo(() => {
    const end = async (row: Row) => {
      const user = text(row, 'userName');
      if (!(await confirm({ title: words.endTitle(user), detail: words.endHint(user), action: words.endTitle(user), isDangerous: true }))) return;
      setFailure(undefined);
      try {
        await call('Resources/SessionFunctions', 'EndSession', { id: text(row, 'id') });
        tell(words.ended(user));
      } catch (problem) {
        setFailure(problem);
      }
    };
    return browserColumns(row => void end(row));
  }, []);
  if (rows === undefined && error === undefined) return <RowSkeletons />;
  return (
    <>
      <ErrorBar error={error ?? failure} />
      <div className={css.grid} data-live><DataGrid id="sessions" label={words.browsers} rows={rows ?? []} columns={columns} keyOf={row => text(row, 'id')} empty={<EmptyState icon={PeopleRegular} title={words.none} />} /></div>
    </>
  );
}

function Servers() {
  const { rows, error } = useLiveRows('Subsystems/FederationSubsystem', 'GetLinks', {}, 1_000);
  useStatus(rows ? words.serverCount(rows.length) : '');
  if (rows === undefined && error === undefined) return <RowSkeletons />;
  return (
    <>
      <ErrorBar error={error} />
      <div className={css.grid} data-live><DataGrid id="server-sessions" label={words.servers} rows={rows ?? []} columns={serverColumns} keyOf={row => `${text(row, 'server')} ${text(row, 'role')}`} empty={<EmptyState icon={PeopleRegular} title={words.noServers} hint={words.noServersHint} />} /></div>
    </>
  );
}

const browserColumns = (end: (row: Row) => void): GridColumn<Row>[] => [
  { id: 'user', title: words.user, value: row => text(row, 'userName'), cell: row => <span className={css.name}>{text(row, 'userName')}</span>, width: 180, grow: 1 },
  { id: 'address', title: words.address, value: row => text(row, 'address'), cell: row => <Mono>{text(row, 'address')}</Mono>, width: 160, grow: 1, drop: 2 },
  { id: 'started', title: words.started, value: row => time(row, 'started'), cell: row => formatTime(time(row, 'started') ?? 0), width: 230, drop: 1 },
  { id: 'used', title: words.used, value: row => time(row, 'lastUsed'), cell: row => <Age time={time(row, 'lastUsed') ?? 0} />, width: 110, align: 'end' },
  { id: 'end', title: '', cell: row => <Button size="small" onClick={() => end(row)} aria-label={words.endTitle(text(row, 'userName'))}>{words.end}</Button>, width: 110, align: 'end' },
];

const serverColumns: readonly GridColumn<Row>[] = [
  { id: 'server', title: words.server, value: row => text(row, 'server'), cell: row => <Server name={text(row, 'server')} />, width: 200, grow: 1 },
  { id: 'role', title: words.role, value: row => text(row, 'role'), cell: row => words.roles[text(row, 'role')] ?? text(row, 'role'), width: 170 },
  { id: 'state', title: words.state, value: row => text(row, 'state'), cell: row => { const state = readLinkState(text(row, 'state')); return state ? <State state={state} plain /> : text(row, 'state'); }, width: 110 },
  { id: 'since', title: words.since, value: row => time(row, 'since'), cell: row => <Age time={time(row, 'since') ?? 0} />, width: 90, align: 'end' },
  { id: 'pipes', title: words.pipes, value: row => number(row, 'pipes'), width: 80, align: 'end' },
  { id: 'reason', title: words.reason, value: row => text(row, 'reason'), cell: row => <span className="dim" title={text(row, 'reason')}>{text(row, 'reason')}</span>, width: 200, grow: 3, drop: 1 },
];
