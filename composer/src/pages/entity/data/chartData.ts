import { isNumeric } from '../../../api/filter';
import { number, type FieldDefinition, type InfoTable, type Row } from '../../../api/infotable';
import { formatStamp } from '../../../api/values';
import { texts } from '../../../texts';

/** A field in windows of time: null where a window has no value. */
export interface Series {
  readonly field: string;
  readonly unit: string;
  readonly mean: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
}

/** What a chart draws: windows of time, oldest first. */
export interface ChartData {
  /** The middle of each window, seconds since 1970. */
  readonly times: readonly number[];
  /** The length of a window, ms; zero where each point is a row. */
  readonly window: number;
  /** How many rows went in. */
  readonly rows: number;
  readonly series: readonly Series[];
}

/** A field in numbers, for those who read instead of look. */
export interface Summary { readonly field: string; readonly points: number; readonly low: number; readonly high: number; readonly mean: number; readonly from: number; readonly to: number }

/** The fields that a chart can draw. */
export const chartable = (fields: readonly FieldDefinition[]): FieldDefinition[] => fields.filter(field => isNumeric(field.baseType));

/** A line breaks where so many windows are empty. */
const gapWindows = 4;

/** More windows than this cannot be told apart. */
export const mostWindows = 360;

/** Gathers rows in windows of equal length; few rows stay as they are. */
export function gather(rows: readonly Row[], fields: readonly FieldDefinition[]): ChartData {
  const timed = rows.flatMap(row => { const time = number(row, 'timestamp'); return time === undefined ? [] : [{ row, time }]; }).sort((one, other) => one.time - other.time);
  const [from, to] = [timed[0]?.time ?? 0, timed.at(-1)?.time ?? 0];
  const isExact = timed.length <= mostWindows;
  const window = isExact ? 0 : Math.max(1, (to - from + 1) / mostWindows);
  const slots = isExact ? timed.length : mostWindows;
  const slotOf = (index: number, time: number) => (isExact ? index : Math.min(slots - 1, Math.floor((time - from) / window)));
  const times = Array.from({ length: slots }, (_, slot) => (isExact ? (timed[slot]?.time ?? 0) : from + (slot + 0.5) * window) / 1000);
  const series = fields.map((field): Series => {
    const [sum, count] = [new Float64Array(slots), new Float64Array(slots)];
    const [low, high] = [new Float64Array(slots).fill(Infinity), new Float64Array(slots).fill(-Infinity)];
    timed.forEach(({ row, time }, index) => {
      const value = number(row, field.name);
      if (value === undefined || !Number.isFinite(value)) return;
      const slot = slotOf(index, time);
      sum[slot] = (sum[slot] ?? 0) + value;
      count[slot] = (count[slot] ?? 0) + 1;
      low[slot] = Math.min(low[slot] ?? value, value);
      high[slot] = Math.max(high[slot] ?? value, value);
    });
    const filled = (values: Float64Array) => Array.from(values, (value, slot) => ((count[slot] ?? 0) > 0 ? value : null));
    return { field: field.name, unit: unitOf(field), mean: filled(sum).map((value, slot) => (value === null ? null : value / (count[slot] ?? 1))), low: filled(low), high: filled(high) };
  });
  return { times, window, rows: timed.length, series };
}

/** Reads windows that the owner of the rows has gathered. */
export function readWindows({ rows }: InfoTable, fields: readonly FieldDefinition[]): ChartData {
  const filled = [...new Set(rows.map(row => number(row, 'timestamp') ?? 0))].sort((one, other) => one - other);
  const steps = filled.slice(1).map((start, index) => start - (filled[index] ?? start));
  const window = number(rows[0], 'length') ?? 0;
  // A place without values breaks the line where usually there are some and then many windows have none.
  const isDense = filled.length > mostWindows / 4;
  const starts = filled.flatMap((start, index) => (isDense && (steps[index] ?? 0) > gapWindows * window ? [start, start + window] : [start]));
  const at = new Map(starts.map((start, index) => [start, index]));
  const series = fields.map((field): Series => {
    const [mean, low, high] = [0, 1, 2].map(() => starts.map((): number | null => null)) as [(number | null)[], (number | null)[], (number | null)[]];
    for (const row of rows) {
      const slot = row['fieldName'] === field.name ? at.get(number(row, 'timestamp') ?? 0) : undefined;
      if (slot !== undefined) [mean[slot], low[slot], high[slot]] = [number(row, 'mean') ?? null, number(row, 'low') ?? null, number(row, 'high') ?? null];
    }
    return { field: field.name, unit: unitOf(field), mean, low, high };
  });
  const counted = fields.map(field => rows.reduce((sum, row) => (row['fieldName'] === field.name ? sum + (number(row, 'count') ?? 0) : sum), 0));
  return { times: starts.map(start => (start + window / 2) / 1000), window, rows: Math.max(0, ...counted), series };
}

/** The chart with rows that came since, each as a point. */
export function withRows(data: ChartData, rows: readonly Row[]): ChartData {
  if (rows.length === 0) return data;
  const last = (data.times.at(-1) ?? 0) * 1000 + data.window / 2;
  const came = rows.filter(row => (number(row, 'timestamp') ?? 0) > last).toSorted((one, other) => (number(one, 'timestamp') ?? 0) - (number(other, 'timestamp') ?? 0));
  const series = data.series.map(one => {
    const values = came.map(row => number(row, one.field) ?? null);
    return { ...one, mean: [...one.mean, ...values], low: [...one.low, ...values], high: [...one.high, ...values] };
  });
  return { ...data, rows: data.rows + came.length, times: [...data.times, ...came.map(row => (number(row, 'timestamp') ?? 0) / 1000)], series };
}

/** The unit that a Data Shape names for a field; empty for none. */
export const unitOf = (field: FieldDefinition): string => (typeof field.aspects['units'] === 'string' ? field.aspects['units'] : '');

/** What a chart shows, by field; fields without values are left out. */
export function summarize({ times, series }: ChartData): Summary[] {
  return series.flatMap(({ field, mean, low, high }) => {
    const seen = mean.flatMap((value, index) => (value === null ? [] : [{ value, low: low[index] ?? value, high: high[index] ?? value, time: (times[index] ?? 0) * 1000 }]));
    const [first, last] = [seen[0], seen.at(-1)];
    if (!first || !last) return [];
    return [{
      field, points: seen.length, from: first.time, to: last.time, mean: seen.reduce((sum, one) => sum + one.value, 0) / seen.length,
      low: seen.reduce((lowest, one) => Math.min(lowest, one.low), Infinity), high: seen.reduce((highest, one) => Math.max(highest, one.high), -Infinity),
    }];
  });
}

const digits = new Intl.NumberFormat('en', { maximumSignificantDigits: 6, useGrouping: false });

/** A number as a chart's texts say it. */
export const showNumber = (value: number): string => digits.format(value);

/** A chart in one sentence a field. */
export const sentenceFor = ({ field, points, low, high, mean, from, to }: Summary): string =>
  texts.data.summary(field, points, showNumber(low), showNumber(high), showNumber(mean), formatStamp(from).slice(0, 19), formatStamp(to).slice(0, 19));
