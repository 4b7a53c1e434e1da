import type { FieldDefinition, Json, Row } from '../../api/infotable';
import { parseValue } from '../../api/values';

/** A row that says nothing yet. */
export const emptyRow: Row = {};

/** Rows of a Data Shape as the InfoTable that services take. */
export const tableValue = (fields: readonly FieldDefinition[], rows: readonly Row[]): Json => ({
  dataShape: { fieldDefinitions: Object.fromEntries(fields.map(({ name, description, baseType, ordinal, aspects }) => [name, { name, description, baseType, ordinal, aspects: aspects as Json }])) },
  rows: rows.map(row => ({ ...row }) as Json),
});

/** The rows with one cell changed; undefined takes its value away. */
export const withCell = (rows: readonly Row[], index: number, name: string, value: Json | undefined): Row[] => rows.map((row, at) => {
  if (at !== index) return row;
  const { [name]: _, ...others } = row;
  return value === undefined ? others : { ...others, [name]: value };
});

/** The rows with a piece of a spreadsheet laid over them, from one cell on. What is no value of its field is left out. */
export function pasteRows(fields: readonly FieldDefinition[], rows: readonly Row[], index: number, name: string, text: string): Row[] {
  const first = Math.max(0, fields.findIndex(field => field.name === name));
  const next = [...rows];
  text.replace(/\r?\n$/, '').split(/\r?\n/).forEach((line, down) => {
    const row: Record<string, Json | undefined> = { ...next[index + down] };
    line.split('\t').forEach((cell, right) => {
      const field = fields[first + right];
      if (!field) return;
      try {
        row[field.name] = parseValue(cell, field);
      } catch {
        delete row[field.name];
      }
    });
    next[index + down] = row;
  });
  return next;
}
