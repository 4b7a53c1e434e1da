import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Condition } from '../../../api/filter';
import { live } from '../../../api/live';
import { number } from '../../../api/infotable';
import { keys } from '../../../app/queries';
import { timesOf, type Range } from '../../../parts/range';
import { RowWindow, type WindowState } from './rowWindow';
import type { DataSource } from './sources';

const closed: WindowState = { fields: [], rows: [], first: 0, total: 0, isAtNewest: true, isAtOldest: false, isLoading: true, isOpen: false, error: undefined };

/** The rows of a source under a filter, as a window over all of them. */
export function useRows(source: DataSource, conditions: readonly Condition[], range: Range, at: number | undefined) {
  const [edition, setEdition] = useState(0);
  const count = useQuery({
    queryKey: [...keys.entity('Things', source.thing), 'count', source.kind], queryFn: ({ signal }) => source.count?.(signal) ?? Promise.resolve(-1), enabled: source.count !== undefined, staleTime: 10_000,
  });
  const asked = JSON.stringify([conditions, range]);
  const times = useMemo(() => timesOf(range, live.serverNow()), [asked, edition]);
  const isFiltered = conditions.length > 0 || times.from !== undefined || times.to !== undefined;
  const isReady = source.count === undefined || !count.isPending;
  const whole = count.data === undefined || count.data < 0 || isFiltered ? undefined : count.data;
  // How many there were when the window was opened: those that come later go on top.
  const opened = useMemo(() => whole, [isReady, asked, edition, source]);
  const [window, setWindow] = useState<RowWindow | undefined>();
  useEffect(() => {
    if (!isReady) return undefined;
    const made = new RowWindow({
      load: (ask, signal) => source.load(ask, conditions, signal), keyOf: source.keyOf, timeOf: source.hasTimes ? row => number(row, 'timestamp') ?? 0 : undefined, count: opened,
    }, times);
    setWindow(made);
    void made.open(at);
    return () => made.close();
    // Where it begins counts only when it is opened.
  }, [source, asked, edition, isReady, opened]);
  const state = useSyncExternalStore(window?.subscribe ?? never, window?.getState ?? getClosed);
  const refresh = () => {
    void count.refetch();
    setEdition(edition + 1);
  };
  return { window, state, times, isFiltered, count: count.data === undefined || count.data < 0 ? undefined : count.data, refresh };
}

const never = () => () => undefined;
const getClosed = () => closed;
