import { useEffect, useRef, useState } from 'react';
import { number, text, type Row } from '../../../api/infotable';
import { live } from '../../../api/live';

/** A figure of a subsystem and what it was since the page was opened. */
export interface Metric {
  readonly name: string;
  readonly description: string;
  readonly value: number;
  readonly history: readonly number[];
}

/** How often figures are looked at, ms. */
const every = 2_000;
/** Ten minutes. */
const mostSamples = 300;

/** The figures of subsystems as they go, by subsystem. */
export function useMetrics(subsystems: readonly string[]): ReadonlyMap<string, readonly Metric[]> {
  const latest = useRef(new Map<string, readonly Row[]>());
  const [metrics, setMetrics] = useState<ReadonlyMap<string, readonly Metric[]>>(new Map());
  const key = subsystems.join('\n');
  useEffect(() => {
    const sample = (names: Iterable<string>) => setMetrics(last => {
      const next = new Map(last);
      for (const name of names) next.set(name, sampled(last.get(name) ?? [], latest.current.get(name) ?? []));
      return next;
    });
    const ends = subsystems.map(name => live.subscribe({ topic: 'result', entity: `Subsystems/${name}`, service: 'GetPerformanceMetrics', arguments: {}, every }, event => {
      const isFirst = !latest.current.has(name);
      latest.current.set(name, (event as { rows: Row[] } | null)?.rows ?? []);
      if (isFirst) sample([name]);
    }, () => undefined));
    // What does not change is not told again, and still is a sample.
    const timer = setInterval(() => sample(latest.current.keys()), every);
    return () => {
      ends.forEach(end => end());
      clearInterval(timer);
    };
    // The key stands for the names.
  }, [key]);
  return metrics;
}

/** The figures with one sample more. */
export const sampled = (before: readonly Metric[], rows: readonly Row[]): Metric[] => rows.map(row => {
  const [name, value] = [text(row, 'name'), number(row, 'value') ?? 0];
  return { name, description: text(row, 'description'), value, history: [...(before.find(one => one.name === name)?.history ?? []), value].slice(-mostSamples) };
});
