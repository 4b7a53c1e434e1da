import { useMemo } from 'react';
import { Link as Anchor } from 'react-router';
import { useSession } from '../../app/session';
import { Age } from '../../parts/Age';
import { formatCount, formatDuration } from '../../parts/format';
import { DataGrid, type GridColumn } from '../../parts/grid';
import { endsOf, type Link } from '../../parts/links/links';
import { LinkState } from '../../parts/links/LinkState';
import { Server } from '../../parts/Server';
import { texts } from '../../texts';
import type { ViewProperties } from './view';

const count = (value: number) => (value === 0 ? <span className="dim">0</span> : <b className="num">{formatCount(value)}</b>);

/** All links as a table, the worst first: says all that the map says. */
export function LinkGrid({ links, shown, onShow }: ViewProperties & { links: readonly Link[] }) {
  const words = texts.federation;
  const here = useSession().server.name;
  const columns = useMemo<GridColumn<Link>[]>(() => {
    const titles = words.columns;
    const nameOf = (link: Link, end: 'publisher' | 'subscriber') => endsOf(link, here)[end];
    return [
      {
        id: 'publisher', title: titles.publisher, value: link => nameOf(link, 'publisher'), width: 170, grow: 1,
        cell: link => <Anchor to={{ search: `?link=${link.key}` }} tabIndex={-1}><Server name={nameOf(link, 'publisher')} here={link.role === 'Subscriber'} /></Anchor>,
      },
      { id: 'subscriber', title: titles.subscriber, value: link => nameOf(link, 'subscriber'), width: 170, grow: 1, cell: link => <Server name={nameOf(link, 'subscriber')} here={link.role === 'Publisher'} /> },
      { id: 'state', title: titles.state, width: 130, cell: link => <LinkState of={link} /> },
      { id: 'reason', title: titles.reason, width: 120, grow: 3, drop: 3, cell: link => <span className="dim" title={link.reason} data-live>{link.reason}</span> },
      { id: 'things', title: titles.things, value: link => link.things, width: 72, align: 'end', drop: 4, cell: link => <span data-live>{formatCount(link.things)}</span> },
      { id: 'waiting', title: titles.waiting, value: link => link.waiting, width: 84, align: 'end', cell: link => <span data-live>{count(link.waiting)}</span> },
      { id: 'oldest', title: titles.oldest, value: link => link.oldest, width: 76, align: 'end', drop: 2, cell: link => <span data-live>{link.oldest === undefined ? <span className="dim">–</span> : <Age time={link.oldest} />}</span> },
      {
        id: 'trip', title: titles.trip, value: link => link.roundTrip, width: 150, align: 'end', drop: 1,
        cell: link => <span data-live className="num">{link.roundTrip === undefined || link.longestRoundTrip === undefined || link.pipes === 0 ? <span className="dim">–</span> : words.trips(formatDuration(link.roundTrip), formatDuration(link.longestRoundTrip))}</span>,
      },
      { id: 'pipes', title: titles.pipes, value: link => link.pipes, width: 64, align: 'end', drop: 5, cell: link => <span data-live>{formatCount(link.pipes)}</span> },
      { id: 'parked', title: titles.parked, value: link => link.parked, width: 76, align: 'end', cell: link => <span data-live>{count(link.parked)}</span> },
    ];
  }, [words, here]);
  return <DataGrid id="federation-links" label={words.table} rows={links} columns={columns} keyOf={link => link.key} onOpen={link => onShow(link.key)} current={shown} />;
}
