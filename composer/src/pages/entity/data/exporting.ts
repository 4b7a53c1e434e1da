import type { FieldDefinition, Row } from '../../../api/infotable';
import type { Condition } from '../../../api/filter';
import { saveFile, toCsv, toJson } from '../../../api/tableFiles';
import type { Ask } from './rowWindow';
import type { DataSource } from './sources';

const exportPage = 5_000;

/**
 * Saves all rows that match as a file, page by page.
 * @param onProgress hears how many rows have come.
 * @returns how many rows were saved.
 */
export async function exportRows(form: 'csv' | 'json', source: DataSource, conditions: readonly Condition[], times: Pick<Ask, 'from' | 'to'>, signal: AbortSignal, onProgress: (rows: number) => void): Promise<number> {
  const parts: string[] = [];
  let fields: readonly FieldDefinition[] = [];
  let count = 0;
  let cursor: string | undefined;
  do {
    const page = await source.load({ size: exportPage, ...times, cursor }, conditions, signal);
    if (count === 0) fields = page.fields;
    parts.push(part(form, fields, page.rows, count === 0));
    count += page.rows.length;
    cursor = page.cursor;
    onProgress(count);
  } while (cursor !== undefined);
  const text = form === 'csv' ? ['\ufeff', ...parts] : ['[\n', ...parts, '\n]\n'];
  saveFile(`${source.thing}.${form}`, new Blob(text, { type: form === 'csv' ? 'text/csv;charset=utf-8' : 'application/json' }));
  return count;
}

// One piece of the file: of CSV the head stands in the first, of JSON commas stand between.
function part(form: 'csv' | 'json', fields: readonly FieldDefinition[], rows: readonly Row[], isFirst: boolean): string {
  if (form === 'csv') {
    const csv = toCsv({ fields, rows });
    return isFirst ? csv : csv.slice(csv.indexOf('\r\n') + 2);
  }
  const inner = toJson({ fields, rows }).slice(1, -1).trim();
  return inner === '' ? '' : isFirst ? `  ${inner}` : `,\n  ${inner}`;
}
