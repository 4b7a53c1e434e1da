import { useMemo } from 'react';
import { Link as Anchor } from 'react-router';
import { text, type Row } from '../../../api/infotable';
import { EmptyState } from '../../../parts/EmptyState';
import { ErrorBar } from '../../../parts/ErrorBar';
import { formatCount } from '../../../parts/format';
import { DataGrid, type GridColumn } from '../../../parts/grid';
import { LinkState } from '../../../parts/links/LinkState';
import type { BoundThing } from '../../../parts/links/links';
import { useBoundThings, useLinks } from '../../../parts/links/useLinks';
import { Mono } from '../../../parts/Mono';
import { Server } from '../../../parts/Server';
import { RowSkeletons } from '../../../parts/Skeletons';
import { texts } from '../../../texts';
import css from '../Federation.module.css';
import { useAskedFor, usePublished, useSubscribers } from '../useSubscribers';

const thingLink = (name: string) => <Anchor to={`/Things/${encodeURIComponent(name)}`} tabIndex={-1}>{name}</Anchor>;
const count = (value: number) => <span data-live className="num">{value === 0 ? <span className="dim">0</span> : <b>{formatCount(value)}</b>}</span>;

/** Things here that stand for Things elsewhere, and those that others have proxies for. */
export function ThingsView() {
  return <div className={css.sections}><Proxies /><Published /></div>;
}

function Proxies() {
  const words = texts.federation;
  const things = useBoundThings();
  const columns = useMemo<GridColumn<BoundThing>[]>(() => [
    { id: 'thing', title: words.thing, value: row => row.name, width: 190, grow: 2, cell: row => thingLink(row.name) },
    { id: 'identifier', title: words.stands, value: row => row.identifier, width: 170, grow: 2, drop: 2, cell: row => <span title={row.identifier}><Mono dim>{row.identifier}</Mono></span> },
    { id: 'server', title: words.server, value: row => row.server, width: 190, grow: 1, cell: row => <Server name={row.server} /> },
    { id: 'state', title: words.columns.state, value: row => row.state, width: 130, cell: row => row.state ? <LinkState of={{ ...row, state: row.state }} /> : <span className="dim" title={words.boundHint}>{words.bound}</span> },
    { id: 'reason', title: words.columns.reason, width: 120, grow: 3, drop: 3, cell: row => <span className="dim" title={row.reason} data-live>{row.reason}</span> },
    { id: 'waiting', title: words.columns.waiting, value: row => row.waiting, width: 84, align: 'end', cell: row => count(row.waiting) },
    { id: 'parked', title: words.columns.parked, value: row => row.parked, width: 76, align: 'end', cell: row => count(row.parked) },
  ], [words]);
  return (
    <section className={css.section} aria-labelledby="proxies">
      <h2 id="proxies" className={css.title}>{words.proxies}</h2>
      {things === undefined ? <RowSkeletons rows={4} /> : <DataGrid id="federation-proxies" label={words.proxies} rows={things} columns={columns} keyOf={row => row.name} empty={<EmptyState title={words.proxiesNone} hint={words.proxiesNoneHint} />} />}
    </section>
  );
}

function Published() {
  const words = texts.federation;
  const published = usePublished();
  const subscribers = useSubscribers();
  const standing = useLinks(state => state.links?.map(link => `${link.key} ${link.things}`).join()) ?? '';
  const askedFor = useAskedFor((subscribers.data ?? []).map(one => one.name), standing);
  const askersOf = (row: Row) => [...askedFor].filter(([, names]) => names.has(text(row, 'name'))).map(([name]) => name);
  const columns: GridColumn<Row>[] = [
    { id: 'thing', title: words.thing, value: row => text(row, 'name'), width: 190, grow: 2, cell: row => thingLink(text(row, 'name')) },
    { id: 'description', title: words.description, value: row => text(row, 'description'), width: 150, grow: 3, drop: 1, cell: row => <span className="dim" title={text(row, 'description')}>{text(row, 'description')}</span> },
    {
      id: 'asked', title: words.askedBy, value: row => askersOf(row).join(), width: 190, grow: 2,
      cell: row => { const askers = askersOf(row); return askers.length === 0 ? <span className="dim">{words.nobody}</span> : <span className={css.chips}>{askers.map(name => <Server key={name} name={name} />)}</span>; },
    },
  ];
  return (
    <section className={css.section} aria-labelledby="published">
      <h2 id="published" className={css.title}>{words.published}</h2>
      <ErrorBar error={published.error ?? subscribers.error} />
      {published.isPending ? <RowSkeletons rows={4} /> : <DataGrid id="federation-published" label={words.published} rows={published.data ?? []} columns={columns} keyOf={row => text(row, 'name')} empty={<EmptyState title={words.publishedNone} hint={words.publishedNoneHint} />} />}
    </section>
  );
}
