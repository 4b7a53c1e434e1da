import { useSearchParams } from 'react-router';
import { readConditions, writeConditions, type Condition } from '../../../api/filter';
import { readRange, writeRange, type Range } from '../../../parts/range';

/** What the data page shows, as its address has it. */
export interface DataView {
  readonly range: Range;
  readonly conditions: readonly Condition[];
  /** The time of the row on top; undefined for the newest. */
  readonly at: number | undefined;
  readonly showsChart: boolean;
  readonly chartFields: readonly string[] | undefined;
  readonly valueType: string;
}

/** Reads the address. */
export function readView(address: URLSearchParams): DataView {
  const time = (name: string) => (/^\d+$/.test(address.get(name) ?? '') ? Number(address.get(name)) : undefined);
  return {
    range: readRange(address),
    conditions: readConditions(address.getAll('filter')), at: time('at'), showsChart: address.get('chart') !== 'off',
    chartFields: address.has('fields') ? (address.get('fields') ?? '').split(',').filter(Boolean) : undefined, valueType: address.get('type') ?? 'NUMBER',
  };
}

/** The view that the address says, and how to change it. */
export function useDataView() {
  const [address, setAddress] = useSearchParams();
  const put = (change: (next: URLSearchParams) => void) => setAddress(current => {
    const next = new URLSearchParams(current);
    change(next);
    return next;
  }, { replace: true });
  const set = (next: URLSearchParams, name: string, value: string | undefined) => { if (value === undefined || value === '') next.delete(name); else next.set(name, value); };
  return {
    // The text tells whether something changed.
    view: readView(address),
    setRange: (range: Range) => put(next => {
      for (const [name, value] of Object.entries(writeRange(range))) set(next, name, value);
      next.delete('at');
    }),
    setConditions: (conditions: readonly Condition[]) => put(next => {
      next.delete('filter');
      writeConditions(conditions).forEach(text => next.append('filter', text));
      next.delete('at');
    }),
    setAt: (at: number | undefined) => put(next => set(next, 'at', at === undefined ? undefined : String(at))),
    setChart: (isShown: boolean) => put(next => set(next, 'chart', isShown ? undefined : 'off')),
    setChartFields: (fields: readonly string[]) => put(next => next.set('fields', fields.join(','))),
    setValueType: (type: string) => put(next => {
      set(next, 'type', type === 'NUMBER' ? undefined : type);
      next.delete('filter');
      next.delete('at');
    }),
  };
}
