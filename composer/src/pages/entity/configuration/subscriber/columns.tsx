import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { flag, text, time, type Row } from '../../../../api/infotable';
import { call } from '../../../../api/services';
import { keys } from '../../../../app/queries';
import { Age } from '../../../../parts/Age';
import { formatCount } from '../../../../parts/format';
import { Mono } from '../../../../parts/Mono';
import { Server } from '../../../../parts/Server';
import { State, type LinkState } from '../../../../parts/State';
import { texts } from '../../../../texts';
import type { RowColumn } from '../RowsSection';

const federation = keys.entity('Subsystems', 'FederationSubsystem');

/** The columns of the subscribers: state, server, user, and how many Things each gets. */
export function useSubscriberColumns(isWanted: boolean): readonly RowColumn[] {
  const words = texts.subscriber.columns;
  const status = useQuery({
    queryKey: [...federation, 'subscriberStatus'], queryFn: ({ signal }) => call('Subsystems/FederationSubsystem', 'GetSubscriberStatus', {}, signal), enabled: isWanted, refetchInterval: 5_000,
  });
  const rows = useMemo(() => status.data?.rows ?? [], [status.data]);
  const counts = useQueries({
    queries: rows.map(row => ({
      queryKey: [...federation, 'published', text(row, 'name')], queryFn: async ({ signal }: { signal: AbortSignal }) => (await call('Subsystems/FederationSubsystem', 'GetPublishedThings', { subscriberName: text(row, 'name'), maxItems: 10_000 }, signal)).rows.length,
    })),
  });
  const stateOf = (name: string) => rows.find(row => text(row, 'name') === name);
  const countOf = (name: string) => counts[rows.findIndex(row => text(row, 'name') === name)]?.data;
  return [
    { id: 'name', title: words.name, cell: (_, name) => <Server name={name} /> },
    { id: 'state', title: words.state, cell: (_, name) => <Status row={stateOf(name)} /> },
    { id: 'server', title: words.server, cell: row => <Mono dim>{text(row, 'serverURI').replace(/^(wss?):\/\//, (_, scheme: string) => (scheme === 'ws' ? 'ws://' : '')).replace(/\/Thingworx\/WS$/, '')}</Mono> },
    { id: 'user', title: words.user, cell: row => text(row, 'publishAsUser') },
    { id: 'things', title: words.things, isEnd: true, cell: (_, name) => { const count = countOf(name); return <span className="num">{count === undefined ? '' : formatCount(count)}</span>; } },
  ];
}

function Status({ row }: { row: Row | undefined }) {
  if (row === undefined) return <span className="hint">{texts.subscriber.notSaved}</span>;
  const reason = text(row, 'reason');
  if (flag(row, 'isConnected')) return <span data-live className="num">{texts.subscriber.openFor} <Age time={time(row, 'lastConnection') ?? 0} /></span>;
  const state: LinkState = !flag(row, 'enabled') ? 'paused' : /refused|not known|expired/i.test(reason) ? 'refused' : 'down';
  return <span title={reason} data-live><State state={state} /></span>;
}
