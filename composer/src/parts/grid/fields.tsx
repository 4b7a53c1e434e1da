import { isNumeric } from '../../api/filter';
import { number, type FieldDefinition, type Row } from '../../api/infotable';
import { formatValue } from '../../api/values';
import type { GridColumn } from './columns';

/** A row that is told apart by its place. */
export interface NumberedRow { readonly row: Row; readonly key: string }

const widths: Readonly<Record<string, number>> = { DATETIME: 184, BOOLEAN: 80, INTEGER: 90, LONG: 110, NUMBER: 110, LOCATION: 150, TAGS: 150, INFOTABLE: 160, GUID: 270 };

/** So many rows say how wide a column is. */
const sampled = 100;
const widest = 320;

/** A column for each field of a Data Shape, as wide as its name and the first values need: times in mono, numbers at the end, units beside the name. */
export function columnsOfFields<T>(fields: readonly FieldDefinition[], rowOf: (row: T) => Row, rows: readonly T[] = []): GridColumn<T>[] {
  const sample = rows.slice(0, sampled);
  return fields.map(field => {
    const isNumber = isNumeric(field.baseType);
    const longest = Math.max(0, ...sample.map(row => formatValue(rowOf(row)[field.name], field.baseType).length));
    const content = sample.length === 0 ? (widths[field.baseType] ?? 140) : field.baseType === 'DATETIME' && longest > 0 ? 184 : longest * 7.6 + 26;
    const unit = field.aspects['units'];
    const title = typeof unit === 'string' && unit !== '' ? `${field.name} ${unit}` : field.name;
    return {
      id: field.name, title,
      value: row => (isNumber || field.baseType === 'DATETIME' ? number(rowOf(row), field.name) : formatValue(rowOf(row)[field.name], field.baseType) || undefined),
      cell: row => showCell(rowOf(row), field),
      // A name that is longer than its values needs its own room.
      width: Math.round(Math.min(widest, Math.max(56, content, title.length * 7.4 + 26))), ...(isNumber ? { align: 'end' as const } : {}), ...(isNumber || field.baseType === 'DATETIME' || longest < 12 ? {} : { grow: 1 }),
    };
  });
}

/** A value as a cell shows it; whole on hover where it may be cut. */
export function showCell(row: Row, field: FieldDefinition): React.ReactNode {
  const text = formatValue(row[field.name], field.baseType);
  if (field.baseType === 'DATETIME') return <span className="mono">{text}</span>;
  if (field.baseType === 'PASSWORD') return text === '' ? '' : '•••';
  if (field.baseType === 'IMAGE' || field.baseType === 'BLOB') return text === '' ? '' : <span className="dim">{field.baseType}</span>;
  return text.length > 16 ? <span title={text.length > 2_000 ? `${text.slice(0, 2_000)}…` : text}>{text.length > 400 ? `${text.slice(0, 400)}…` : text}</span> : text;
}
