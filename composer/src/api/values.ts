import { isNumeric } from './filter';
import { formatTags, isObject, tags as readTags, text as textOf, type FieldDefinition, type Json, type Row } from './infotable';

/** What was typed is no value of the base type. The message says what would be one. */
export class ValueError extends Error {}

/** A time as grids show it and as it is typed: `2026-05-12 10:42:18.340`, in the time zone of the browser. */
export function formatStamp(time: number): string {
  const at = new Date(time);
  if (Number.isNaN(at.getTime())) return String(time);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${String(at.getFullYear())}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}.${String(at.getMilliseconds()).padStart(3, '0')}`;
}

/** Reads a time as it is typed, or ISO 8601; undefined where it is none. */
export function parseStamp(text: string): number | undefined {
  const time = Date.parse(text.trim().replace(/^(\d{4}-\d{2}-\d{2}) /, '$1T'));
  return Number.isNaN(time) ? undefined : time;
}

/** A value as one line of text. */
export function formatValue(value: Json | undefined, baseType: string): string {
  if (value === undefined || value === null) return '';
  if (baseType === 'DATETIME' && typeof value === 'number') return formatStamp(value);
  if (baseType === 'TAGS') return formatTags(readTags({ value } as Row, 'value'));
  if (baseType === 'LOCATION' && isObject(value)) return [value['latitude'], value['longitude'], value['elevation']].filter(part => part !== undefined).join(', ');
  if (baseType === 'INFOTABLE' && isObject(value)) return JSON.stringify(value['rows'] ?? []);
  return textOf({ value } as Row, 'value');
}

/**
 * Reads what a person typed; blank is no value.
 * @throws ValueError that says what would be right.
 */
export function parseValue(text: string, { baseType }: Pick<FieldDefinition, 'baseType'>): Json | undefined {
  const trimmed = text.trim();
  if (isText(baseType)) return text === '' ? undefined : text;
  if (trimmed === '') return undefined;
  if (isNumeric(baseType)) return parseNumber(trimmed, baseType);
  switch (baseType) {
    case 'BOOLEAN':
      if (!/^(true|false)$/i.test(trimmed)) throw new ValueError(`“${trimmed}” is no BOOLEAN. It is true or false.`);
      return trimmed.toLowerCase() === 'true';
    case 'DATETIME': {
      const time = parseStamp(trimmed);
      if (time === undefined) throw new ValueError(`“${trimmed}” is no DATETIME. It is written as 2026-05-12 10:42:18.`);
      return time;
    }
    case 'LOCATION': {
      const [latitude, longitude, elevation] = trimmed.split(',').map(part => Number(part.trim()));
      if (latitude === undefined || longitude === undefined || !(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 180)) throw new ValueError('A LOCATION is latitude, longitude: 53.87, 10.69.');
      return { latitude, longitude, elevation: elevation ?? 0 };
    }
    case 'JSON': case 'QUERY': case 'INFOTABLE':
      try {
        return JSON.parse(trimmed) as Json;
      } catch (error) {
        throw new ValueError(`This is no JSON: ${error instanceof Error ? error.message : ''}`);
      }
    default: return trimmed;
  }
}

/** Whether spaces at the ends count. */
const isText = (baseType: string): boolean => ['STRING', 'TEXT', 'HTML', 'XML', 'PASSWORD'].includes(baseType);

function parseNumber(text: string, baseType: string): Json {
  if (baseType === 'NUMBER' && /^(NaN|-?Infinity)$/.test(text)) return text;
  const value = Number(text.replace(/[\s\u202f]/g, '').replace(/^(-?\d+),(\d+)$/, '$1.$2'));
  if (Number.isNaN(value)) throw new ValueError(`“${text}” is no ${baseType}.`);
  if (baseType === 'NUMBER') return value;
  if (!Number.isInteger(value)) throw new ValueError(`“${text}” is no ${baseType}: that is a whole number.`);
  if (baseType === 'INTEGER' && Math.abs(value) > 2_147_483_648) throw new ValueError(`“${text}” is too large for an INTEGER.`);
  // A LONG may be larger than JavaScript counts exactly.
  return Number.isSafeInteger(value) ? value : text;
}
