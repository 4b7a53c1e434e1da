import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { Json } from '../api/infotable';

/** A service that was run from this tab of the browser. */
export interface Run {
  /** Of the server's clock, milliseconds since 1970. */
  readonly time: number;
  readonly inputs: Readonly<Record<string, Json>>;
  /** Milliseconds. */
  readonly duration: number;
  readonly hasFailed: boolean;
}

const mostKept = 8;
/** Inputs beyond so many characters are not kept. */
const largest = 20_000;

/** Earlier runs by entity and service, newest first; they live as long as the tab of the browser. */
export const useRuns = create<{ readonly runs: Readonly<Record<string, readonly Run[]>>; readonly add: (key: string, run: Run) => void }>()(persist(
  set => ({
    runs: {},
    add: (key, run) => set(({ runs }) => {
      const inputs = JSON.stringify(run.inputs);
      if (inputs.length > largest) return {};
      // The same inputs again take the place of what was.
      const others = (runs[key] ?? []).filter(one => JSON.stringify(one.inputs) !== inputs);
      return { runs: { ...runs, [key]: [run, ...others].slice(0, mostKept) } };
    }),
  }),
  { name: 'hansa.composer.runs', storage: createJSONStorage(() => sessionStorage) },
));
