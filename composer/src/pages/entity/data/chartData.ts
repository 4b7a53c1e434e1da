import { isNumeric } from '../../../api/filter';
import { number, type FieldDefinition, type Row } from '../../../api/infotable';
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
