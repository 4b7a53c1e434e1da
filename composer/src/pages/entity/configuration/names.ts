import type { EntityDocument } from '../../../api/entities';
import { isObject, readTable, text, type Json, type Row } from '../../../api/infotable';
import type { Fields } from '../../../app/draft';

/** What a field of the tab's draft is: one setting, one row that has a name, or all rows of a table whose rows have none. */
export type Name =
  | { readonly table: string; readonly setting: string }
  | { readonly table: string; readonly row: string }
  | { readonly table: string };

/** The draft's field of a setting. */
export const settingName = (table: string, setting: string): string => `${table}/${setting}`;

/** The draft's field of a row; its value is the row, or null where it is taken away. */
export const rowName = (table: string, row: string): string => `${table}#${row}`;

/** Reads a field of the draft. Names of tables hold neither sign. */
export function parseName(field: string): Name {
  const at = field.search(/[/#]/);
  if (at < 0) return { table: field };
  const [table, rest] = [field.slice(0, at), field.slice(at + 1)];
  return field[at] === '/' ? { table, setting: rest } : { table, row: rest };
}

/** What is saved, under every name that the draft may use: which of them count, the definitions of the tables say. */
export function savedFields(entity: EntityDocument): Fields {
  const tables = isObject(entity.all['configurationTables']) ? entity.all['configurationTables'] : {};
  return Object.fromEntries(Object.entries(tables).flatMap(([table, value]): [string, Json][] => {
    const { rows } = readTable(value);
    return [
      [table, [...rows] as Json],
      ...Object.entries(rows[0] ?? {}).map(([setting, one]): [string, Json] => [settingName(table, setting), one ?? null]),
      ...rows.filter(row => text(row, 'name') !== '').map((row): [string, Json] => [rowName(table, text(row, 'name')), row as Json]),
    ];
  }));
}

/** The rows of a table as they are edited, with what each is called in the draft. */
export function rowsOf(table: string, values: Fields): { readonly name: string; readonly row: Row }[] {
  return Object.entries(values).flatMap(([field, value]) => {
    const name = parseName(field);
    return name.table === table && 'row' in name && isObject(value) ? [{ name: name.row, row: value as Row }] : [];
  });
}
