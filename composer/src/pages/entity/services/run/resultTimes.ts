import { number, type InfoTable, type Row } from '../../../../api/infotable';
import { chartable } from '../../data/chartData';

const column = 'timestamp';

/** The field that says when a row of a result was; undefined where nothing can be drawn over time. */
export function timeFieldOf({ fields, rows }: InfoTable): string | undefined {
  if (chartable(fields).length === 0) return undefined;
  const times = fields.filter(field => field.baseType === 'DATETIME' && rows.filter(row => number(row, field.name) !== undefined).length > 1);
  return (times.find(field => field.name === column) ?? times[0])?.name;
}

/** The rows between two times, with their time where charts look for it. */
export const timedRows = (rows: readonly Row[], field: string, [from, to]: readonly [number, number]): Row[] =>
  rows.map(row => (field === column ? row : { ...row, [column]: row[field] })).filter(row => { const time = number(row, column); return time !== undefined && time >= from && time <= to; });
