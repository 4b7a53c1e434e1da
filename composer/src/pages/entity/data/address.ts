import { useSearchParams } from 'react-router';
import { readConditions, writeConditions, type Condition } from '../../../api/filter';

/** How far back rows are looked at: a span before now, or from one time to another. */
export interface Range {
  /** `6h`, or empty for all. */
  readonly span: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

const spans: Readonly<Record<string, number>> = { '15m': 900_000, '1h': 3_600_000, '6h': 21_600_000, '24h': 86_400_000, '7d': 604_800_000 };

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
  const span = address.get('range') ?? '';
  return {
    range: { span: span in spans ? span : '', from: time('from'), to: time('to') },
    conditions: readConditions(address.getAll('filter')), at: time('at'), showsChart: address.get('chart') !== 'off',
    chartFields: address.has('fields') ? (address.get('fields') ?? '').split(',').filter(Boolean) : undefined, valueType: address.get('type') ?? 'NUMBER',
  };
}

/** When rows begin and end; a span ends open, so that new rows come in. */
export const timesOf = ({ span, from, to }: Range, now: number): { from: number | undefined; to: number | undefined } =>
  (span === '' ? { from, to } : { from: now - (spans[span] ?? 0), to: undefined });

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
    setRange: ({ span, from, to }: Range) => put(next => {
      set(next, 'range', span);
      set(next, 'from', from === undefined ? undefined : String(from));
      set(next, 'to', to === undefined ? undefined : String(to));
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
