import { useEffect, useState } from 'react';
import { flag, number, text, type Row } from '../../../api/infotable';
import { useKindList } from '../../../api/lists';
import { live } from '../../../api/live';
import { useLiveRows } from '../../../api/useLiveRows';
import type { Link } from '../../../parts/links/links';
import { kindById } from '../../../registry';
import type { Federation } from './steps';

const subsystem = 'Subsystems/FederationSubsystem';
/** So many streams are asked for rows. */
const mostAsked = 3;
const most = { maxItems: 500 };

/** What the guide needs to know of the federation, as it goes. */
export function useFederation(links: readonly Link[] | undefined): Federation {
  const name = useLiveRows(subsystem, 'GetServerName').rows;
  const published = useLiveRows(subsystem, 'GetAllPublishedThings', most).rows;
  const offered = useLiveRows(subsystem, 'GetOfferedThings', most).rows;
  const subscribed = useLiveRows(subsystem, 'GetAllActiveSubscriptions', most).rows;
  const remote = useLiveRows('Resources/DeviceFunctions', 'SearchDevices', most).rows;
  const streams = useKindList(kindById('Streams')).data;
  const bound = remote?.filter(row => flag(row, 'isConnected') && text(row, 'identifier').includes('@'));
  const asked = [...(bound ?? []), ...(subscribed ?? [])].map(row => text(row, 'name')).filter(one => streams?.some(stream => stream.name === one)).slice(0, mostAsked);
  return {
    serverName: name && text(name[0], 'result'), links, published: published?.length, offered: offered?.length, bound: bound?.length, subscribed: subscribed?.length, rows: useRowCount(asked),
  };
}

/** How many rows streams hold together, as far as they answer. */
function useRowCount(streams: readonly string[]): number {
  const [counts, setCounts] = useState<Readonly<Record<string, number>>>({});
  const key = streams.join('\n');
  useEffect(() => {
    const ends = streams.map(name => live.subscribe({ topic: 'result', entity: `Things/${name}`, service: 'GetStreamEntryCount', arguments: {}, every: 1_000 }, event => {
      const count = number((event as { rows: Row[] } | null)?.rows[0], 'result') ?? 0;
      setCounts(last => ({ ...last, [name]: count }));
    }, () => undefined));
    return () => {
      ends.forEach(end => end());
      setCounts({});
    };
    // The key stands for the streams.
  }, [key]);
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
