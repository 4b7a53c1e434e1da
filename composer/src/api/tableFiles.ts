import { formatTags, isObject, tags, type InfoTable, type Json, type Row } from './infotable';

/** The table as CSV after RFC 4180: one head line, times as ISO 8601, nested values as JSON. Cells that a spreadsheet would run as a formula get an apostrophe. */
export function toCsv({ fields, rows }: InfoTable): string {
  const lines = [fields.map(field => quote(field.name)).join(',')];
  for (const row of rows) lines.push(fields.map(field => quote(cellText(row, field.name, field.baseType))).join(','));
  return `${lines.join('\r\n')}\r\n`;
}

/** The rows as JSON that reads well, with all fields named in the order of the Data Shape. */
export const toJson = ({ fields, rows }: InfoTable): string =>
  JSON.stringify(rows.map(row => Object.fromEntries(fields.filter(field => row[field.name] !== undefined).map(field => [field.name, row[field.name]]))), null, 2);

/** Lets the browser save a text as a file. */
export function saveFile(name: string, content: string | Blob, type = 'text/plain'): void {
  const link = document.createElement('a');
  // The byte order mark tells spreadsheets that a CSV is UTF-8.
  link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob(type === 'text/csv' ? ['\ufeff', content] : [content], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function cellText(row: Row, name: string, baseType: string): string {
  const value: Json | undefined = row[name];
  if (value === undefined || value === null) return '';
  if (baseType === 'DATETIME' && typeof value === 'number') return new Date(value).toISOString();
  if (baseType === 'TAGS') return formatTags(tags(row, name));
  if (typeof value === 'string') return /^[=+\-@\t\r]/.test(value) && Number.isNaN(Number(value)) ? `'${value}` : value;
  return isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value);
}

const quote = (text: string): string => (/[",\r\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text);
