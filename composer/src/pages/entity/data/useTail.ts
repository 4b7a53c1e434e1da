import { useEffect, useRef, useState } from 'react';
import { live, useLive } from '../../../api/live';
import { number, type Row } from '../../../api/infotable';
import type { Condition } from '../../../api/filter';
import { tailLength, type DataSource } from './sources';

/** How often the newest rows are asked for, ms. */
const every = 500;
/** How long a new row is tinted, ms. */
const tinted = 1_200;
/** The rate is that of so many ms. */
const rateSpan = 10_000;

interface Options {
  source: DataSource;
  conditions: readonly Condition[];
  isOn: boolean;
  /** Rows are counted, not shown, while the person looks elsewhere. */
  isHeld: boolean;
  onRows: (rows: readonly Row[], isGap: boolean) => void;
}

/** Rows as they come: which are new, how many came meanwhile, how fast they come. */
export function useTail({ source, conditions, isOn, isHeld, onRows }: Options) {
  const known = useRef<Set<string>>(undefined);
  const arrivals = useRef<{ time: number; rows: number }[]>([]);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const [waiting, setWaiting] = useState<{ rows: number; isMore: boolean }>({ rows: 0, isMore: false });
  const [rate, setRate] = useState(0);
  const [error, setError] = useState<string | undefined>();
  const tail = isOn ? source.tail?.(conditions) : undefined;
  const topic = tail && { topic: 'result' as const, entity: `Things/${source.thing}`, service: tail.service, arguments: Object.fromEntries(Object.entries(tail.arguments).filter(([, value]) => value !== undefined)), every };
  const key = JSON.stringify(topic);
  useEffect(() => {
    known.current = undefined;
    arrivals.current = [];
    setWaiting({ rows: 0, isMore: false });
    setRate(0);
    setError(undefined);
  }, [key]);
  useEffect(() => {
    if (fresh.size === 0) return undefined;
    const timer = setTimeout(() => setFresh(new Set()), tinted);
    return () => clearTimeout(timer);
  }, [fresh]);
  useEffect(() => {
    if (topic === undefined) return undefined;
    const timer = setInterval(() => {
      const since = live.serverNow() - rateSpan;
      arrivals.current = arrivals.current.filter(one => one.time > since);
      setRate(arrivals.current.reduce((sum, one) => sum + one.rows, 0) / (rateSpan / 1000));
    }, 1_000);
    return () => clearInterval(timer);
    // The key stands for the topic.
  }, [key]);

  useLive(topic, event => {
    const rows = event?.rows ?? [];
    const before = known.current;
    known.current = new Set(rows.map(source.keyOf));
    // What came between the first page and the first look belongs on top, too.
    if (!before) {
      if (!isHeld) onRows(rows, false);
      return;
    }
    const came = rows.filter(row => !before.has(source.keyOf(row)));
    // Late entries of an earlier time are no news at the top.
    const isGap = came.length >= tailLength;
    if (came.length === 0) return;
    arrivals.current.push({ time: live.serverNow(), rows: came.length });
    if (isHeld) {
      setWaiting(last => ({ rows: last.rows + came.length, isMore: last.isMore || isGap }));
      return;
    }
    setFresh(new Set(came.map(source.keyOf)));
    onRows(came.toSorted((one, other) => (number(other, 'timestamp') ?? 0) - (number(one, 'timestamp') ?? 0)), isGap);
  }, setError);
  return { fresh, waiting, rate, error, forget: () => setWaiting({ rows: 0, isMore: false }) };
}
