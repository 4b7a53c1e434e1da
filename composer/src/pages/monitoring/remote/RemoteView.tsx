import { PlugDisconnectedRegular } from '@fluentui/react-icons/svg/plug-disconnected';
import { useMemo } from 'react';
import { Link, useNavigate } from 'react-router';
import { flag, text, time, type Row } from '../../../api/infotable';
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
import { Mono } from '../../../parts/Mono';
import { Name } from '../../../parts/Name';
import { Segments } from '../../../parts/Segments';
import { Server } from '../../../parts/Server';
import { RowSkeletons } from '../../../parts/Skeletons';
import { texts } from '../../../texts';
import css from '../Monitoring.module.css';

const words = texts.monitoring.remote;
const mostListed = 10_000;

const serverOf = (identifier: string): string => identifier.split('@')[1] ?? '';

/** Remote Things and whether something is bound to them; and what is bound and has no Thing. */
export default function RemoteView() {
  const [address, put] = useAddress();
  const isUnbound = address.get('show') === 'unbound';
  return (
    <>
      <div className={css.bar}>
        <Segments label={words.show} value={isUnbound ? 'unbound' : 'things'} choices={[{ value: 'things', label: words.things }, { value: 'unbound', label: words.unbound }]} onChange={show => put({ show: show === 'things' ? '' : show, server: '', state: '', q: '' })} />
        {isUnbound ? <UnboundFilters /> : <ThingFilters />}
      </div>
      {isUnbound ? <Unbound /> : <Things />}
    </>
  );
}

function ThingFilters() {
  const [address, put] = useAddress();
  const { rows = [] } = useThings();
  const servers = [...new Set(rows.map(row => serverOf(text(row, 'identifier'))))].filter(Boolean).sort();
  return (
    <>
      <Chip label={words.server} value={address.get('server') ?? ''} values={servers} onChange={server => put({ server })} />
      <Chip label={words.state} value={address.get('state') ?? ''} values={['bound', 'notBound']} wordOf={state => words.states(state === 'bound')} onChange={state => put({ state })} />
      <div className="grow" />
      <FilterBox value={address.get('q') ?? ''} label={words.filter} onChange={q => put({ q })} />
    </>
  );
}

function UnboundFilters() {
  const [address, put] = useAddress();
  return <><div className="grow" /><FilterBox value={address.get('q') ?? ''} label={words.filter} onChange={q => put({ q })} /></>;
}

const useThings = () => useLiveRows('Resources/DeviceFunctions', 'SearchDevices', { maxItems: mostListed });

function Things() {
  const [address] = useAddress();
  const navigate = useNavigate();
  const { rows, error } = useThings();
  const [q, server, state] = [(address.get('q') ?? '').toLowerCase(), address.get('server') ?? '', address.get('state') ?? ''];
  const shown = useMemo(() => (rows ?? []).filter(row => (server === '' || serverOf(text(row, 'identifier')) === server) && (state === '' || flag(row, 'isConnected') === (state === 'bound'))
    && ['name', 'identifier', 'thingTemplate'].some(field => text(row, field).toLowerCase().includes(q))), [rows, q, server, state]);
  useStatus(rows ? words.count(rows.length, rows.filter(row => flag(row, 'isConnected')).length) : '');
  if (rows === undefined && error === undefined) return <RowSkeletons />;
  return (
    <>
      <ErrorBar error={error} />
      <div className={css.grid} data-live>
        <DataGrid
          id="remote" label={words.things} rows={shown} columns={thingColumns} keyOf={row => text(row, 'name')} onOpen={row => void navigate(entityKey('Things', text(row, 'name')))}
          empty={<EmptyState icon={PlugDisconnectedRegular} title={rows?.length ? words.noneMatch : words.none} hint={words.noneHint} />}
        />
      </div>
    </>
  );
}

function Unbound() {
  const [address] = useAddress();
  const { rows, error } = useLiveRows('Resources/DeviceFunctions', 'GetUnboundRemoteThings', { maxItems: mostListed });
  const q = (address.get('q') ?? '').toLowerCase();
  const shown = useMemo(() => (rows ?? []).filter(row => text(row, 'name').toLowerCase().includes(q)), [rows, q]);
  useStatus(rows ? words.unboundCount(rows.length) : '');
  if (rows === undefined && error === undefined) return <RowSkeletons />;
  return (
    <>
      <ErrorBar error={error} />
      <div className={css.grid} data-live>
        <DataGrid id="unbound" label={words.unbound} rows={shown} columns={unboundColumns} keyOf={row => text(row, 'name')} empty={<EmptyState icon={PlugDisconnectedRegular} title={words.noneUnbound} hint={words.noneUnboundHint} />} />
      </div>
    </>
  );
}

const serverColumn = (field: string): GridColumn<Row> => ({
  id: 'server', title: words.server, value: row => serverOf(text(row, field)), cell: row => (serverOf(text(row, field)) ? <Server name={serverOf(text(row, field))} /> : <span className="dim">{words.device}</span>), width: 190, grow: 1,
});

const thingColumns: readonly GridColumn<Row>[] = [
  { id: 'name', title: words.thing, value: row => text(row, 'name'), cell: row => <Link to={entityKey('Things', text(row, 'name'))} tabIndex={-1} className={css.name}><Name name={text(row, 'name')} /></Link>, width: 220, grow: 2 },
  serverColumn('identifier'),
  { id: 'state', title: 'isConnected', value: row => words.states(flag(row, 'isConnected')), cell: row => (flag(row, 'isConnected') ? words.states(true) : <span style={{ color: 'var(--s-down-fg)', fontWeight: 600 }}>{words.states(false)}</span>), width: 110 },
  { id: 'last', title: 'lastConnection', value: row => time(row, 'lastConnection') || undefined, cell: row => (time(row, 'lastConnection') ? <Age time={time(row, 'lastConnection') ?? 0} /> : <span className="dim">{words.never}</span>), width: 130, align: 'end' },
  { id: 'identifier', title: words.boundName, value: row => text(row, 'identifier'), cell: row => <Mono>{text(row, 'identifier')}</Mono>, width: 240, grow: 2, drop: 1 },
  { id: 'template', title: texts.browse.template, value: row => text(row, 'thingTemplate'), cell: row => <span className="dim">{text(row, 'thingTemplate')}</span>, width: 150, grow: 1, drop: 2 },
];

const unboundColumns: readonly GridColumn<Row>[] = [
  { id: 'name', title: words.boundName, value: row => text(row, 'name'), cell: row => <Mono>{text(row, 'name')}</Mono>, width: 280, grow: 3 },
  serverColumn('name'),
  { id: 'kind', title: words.kind, value: row => words.kinds(flag(row, 'isIdentifier')), width: 130 },
  { id: 'make', title: '', cell: () => <Link to="/new/Things?choose=RemoteThing" tabIndex={-1} className={css.link}>{words.make}</Link>, width: 170 },
];
