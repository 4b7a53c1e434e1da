import { useMemo } from 'react';
import { useSession } from '../../../app/session';
import { EmptyState } from '../../../parts/EmptyState';
import { ErrorBar } from '../../../parts/ErrorBar';
import { formatTime } from '../../../parts/format';
import { DataGrid, type GridColumn } from '../../../parts/grid';
import { endsOf, keyOfLink, type LinkChange } from '../../../parts/links/links';
import { useLinkChanges } from '../../../parts/links/useLinks';
import { Server } from '../../../parts/Server';
import { State } from '../../../parts/State';
import { texts } from '../../../texts';
import type { ViewProperties } from '../view';

/** What happened to all links, newest first. */
export function EventsView({ onShow }: ViewProperties) {
  const words = texts.federation;
  const here = useSession().server.name;
  const changes = useLinkChanges();
  const columns = useMemo<GridColumn<LinkChange>[]>(() => [
    { id: 'time', title: words.time, value: change => change.time, width: 200, cell: change => <span className="mono">{formatTime(change.time)}</span> },
    { id: 'publisher', title: words.columns.publisher, value: change => endsOf(change, here).publisher, width: 150, grow: 1, cell: change => <Server name={endsOf(change, here).publisher} here={change.role === 'Subscriber'} /> },
    { id: 'subscriber', title: words.columns.subscriber, value: change => endsOf(change, here).subscriber, width: 150, grow: 1, cell: change => <Server name={endsOf(change, here).subscriber} here={change.role === 'Publisher'} /> },
    { id: 'state', title: words.columns.state, value: change => change.state, width: 110, cell: change => <State state={change.state} /> },
    { id: 'reason', title: words.columns.reason, value: change => change.reason, width: 160, grow: 4, cell: change => <span className="dim" title={change.reason}>{change.reason}</span> },
  ], [words, here]);
  return (
    <>
      <ErrorBar error={changes.error} />
      <DataGrid
        id="federation-events" label={words.events} rows={changes.data ?? []} columns={columns} keyOf={change => `${change.time} ${change.role} ${change.server} ${change.state}`}
        onOpen={change => onShow(keyOfLink(change.role, change.server))} empty={changes.data && <EmptyState title={words.eventsNone} />}
      />
    </>
  );
}
