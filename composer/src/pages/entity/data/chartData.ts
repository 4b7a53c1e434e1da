import { isNumeric } from '../../../api/filter';
import { number, type FieldDefinition, type Row } from '../../../api/infotable';
import { formatStamp } from '../../../api/values';
import { texts } from '../../../texts';

/** Columns as uPlot takes them: seconds since 1970, oldest first, then the values of each field. */
export interface ChartData {
  readonly times: readonly number[];
  readonly series: readonly { readonly field: string; readonly unit: string; readonly values: readonly (number | null)[] }[];
}

/** A field in numbers, for those who read instead of look. */
export interface Summary { readonly field: string; readonly points: number; readonly low: number; readonly high: number; readonly mean: number; readonly from: number; readonly to: number }

/** The fields that a chart can draw. */
export const chartable = (fields: readonly FieldDefinition[]): FieldDefinition[] => fields.filter(field => isNumeric(field.baseType));

/** Makes a chart's columns of rows in any order. */
export function chartData(rows: readonly Row[], fields: readonly FieldDefinition[]): ChartData {
  const sorted = rows.filter(row => number(row, 'timestamp') !== undefined).toSorted((one, other) => (number(one, 'timestamp') ?? 0) - (number(other, 'timestamp') ?? 0));
  return {
    times: sorted.map(row => (number(row, 'timestamp') ?? 0) / 1000),
    series: fields.map(field => ({
      field: field.name, unit: typeof field.aspects['units'] === 'string' ? field.aspects['units'] : '',
      values: sorted.map(row => {
        const value = number(row, field.name);
        return value === undefined || !Number.isFinite(value) ? null : value;
      }),
    })),
  };
}

/** What a chart shows, by field; fields without values are left out. */
export function summarize({ times, series }: ChartData): Summary[] {
  return series.flatMap(({ field, values }) => {
    let [points, sum, low, high, from, to] = [0, 0, Infinity, -Infinity, 0, 0];
    values.forEach((value, index) => {
      if (value === null) return;
      const time = (times[index] ?? 0) * 1000;
      if (points === 0) from = time;
      to = time;
      points += 1;
      sum += value;
      low = Math.min(low, value);
      high = Math.max(high, value);
    });
    return points === 0 ? [] : [{ field, points, low, high, mean: sum / points, from, to }];
  });
}

const digits = new Intl.NumberFormat('en', { maximumSignificantDigits: 6, useGrouping: false });

/** A number as a chart's texts say it. */
export const showNumber = (value: number): string => digits.format(value);

/** A chart in one sentence a field. */
export const sentenceFor = ({ field, points, low, high, mean, from, to }: Summary): string =>
  texts.data.summary(field, points, showNumber(low), showNumber(high), showNumber(mean), formatStamp(from).slice(0, 19), formatStamp(to).slice(0, 19));
