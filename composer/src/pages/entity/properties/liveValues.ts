import { createContext, use, useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useLive, type LiveValue } from '../../../api/live';

/** A cell is painted so many milliseconds after the last time at the earliest: ten times a second. */
const shortestPaint = 100;

type Listener = () => void;

/** Values of one Thing's properties: each cell listens to its own, so that a change paints that cell alone. */
export class LiveValues {
  private readonly values = new Map<string, LiveValue>();
  private readonly listeners = new Map<string, Set<Listener>>();
  private readonly changed = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private painted = -Infinity;

  constructor(private readonly now: () => number = () => performance.now()) {}

  readonly get = (name: string): LiveValue | undefined => this.values.get(name);

  readonly watch = (name: string, listener: Listener): (() => void) => {
    const listeners = this.listeners.get(name) ?? new Set();
    this.listeners.set(name, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.listeners.delete(name);
    };
  };

  /** Takes new values; with `isAll` those that are not among them are no longer there. */
  take(values: Readonly<Record<string, LiveValue>>, isAll: boolean): void {
    if (isAll) {
      for (const name of this.values.keys()) {
        if (!(name in values)) {
          this.values.delete(name);
          this.changed.add(name);
        }
      }
    }
    for (const [name, value] of Object.entries(values)) {
      this.values.set(name, value);
      this.changed.add(name);
    }
    this.timer ??= setTimeout(() => this.paint(), Math.max(0, this.painted + shortestPaint - this.now()));
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private paint(): void {
    this.timer = undefined;
    this.painted = this.now();
    const names = [...this.changed];
    this.changed.clear();
    for (const name of names) this.listeners.get(name)?.forEach(listener => listener());
  }
}

export const LiveValuesContext = createContext<LiveValues | undefined>(undefined);

/** The values of a Thing while the component stands; undefined for what is no Thing. */
export function useLiveValues(thing: string | undefined, onRefused: (sentence: string) => void): LiveValues {
  const [values] = useState(() => new LiveValues());
  useLive(thing === undefined ? undefined : { topic: 'properties', thing }, event => values.take(event.values, event.all === true), onRefused);
  useEffect(() => () => values.stop(), [values]);
  return values;
}

/** One property's value, as it is now. */
export function useLiveValue(name: string): LiveValue | undefined {
  const values = use(LiveValuesContext);
  const watch = useCallback((listener: Listener) => values?.watch(name, listener) ?? (() => {}), [values, name]);
  return useSyncExternalStore(watch, () => values?.get(name));
}
