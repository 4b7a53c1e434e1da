import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link as Anchor } from 'react-router';
import { flag, text, type Row } from '../../../../api/infotable';
import { call } from '../../../../api/services';
import { keys } from '../../../../app/queries';
import { formatCount } from '../../../../parts/format';
import { LinkState } from '../../../../parts/links/LinkState';
import { keyOfLink } from '../../../../parts/links/links';
import { useLinks } from '../../../../parts/links/useLinks';
import { Mono } from '../../../../parts/Mono';
import { Server } from '../../../../parts/Server';
import { texts } from '../../../../texts';
import type { RowColumn } from '../RowsSection';

const federation = keys.entity('Subsystems', 'FederationSubsystem');

/** The columns of the subscribers: state, server, user, and how many Things each gets. */
export function useSubscriberColumns(isWanted: boolean): readonly RowColumn[] {
  const words = texts.subscriber.columns;
  const status = useQuery({
    queryKey: [...federation, 'subscriberStatus'], queryFn: ({ signal }) => call('Subsystems/FederationSubsystem', 'GetSubscriberStatus', {}, signal), enabled: isWanted, refetchInterval: query => (query.state.error ? false : 5_000),
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
  const name = text(row, 'name');
  const link = useLinks(state => state.links?.find(one => one.key === keyOfLink('Subscriber', name)));
  if (row === undefined) return <span className="hint">{texts.subscriber.notSaved}</span>;
  if (!flag(row, 'enabled')) return <span className="dim">{texts.subscriber.off}</span>;
  if (!link) return <span className="dim">{text(row, 'reason')}</span>;
  return <Anchor to={`/federation?link=${link.key}`}><LinkState of={link} /></Anchor>;
}
