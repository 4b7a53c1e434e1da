import { formatTags, isObject, readTable, tags, type Json } from '../api/infotable';
import { texts } from '../texts';
import { formatTime } from './format';

const decimals = new Intl.NumberFormat('en', { maximumSignificantDigits: 12, useGrouping: false });

/** A value in the words of its base type, on one line; empty for none. */
export function valueText(value: Json | undefined, baseType: string): string {
  if (value === undefined || value === null) return '';
  if (baseType === 'PASSWORD') return texts.values.hidden;
  if (typeof value === 'number') return baseType === 'DATETIME' ? formatTime(value) : baseType === 'NUMBER' ? decimals.format(value).replace('-', '\u2212') : String(value).replace('-', '\u2212');
  if (typeof value !== 'object') return String(value);
  if (baseType === 'INFOTABLE') return texts.values.rows(readTable(value).rows.length);
  if (baseType === 'TAGS') return formatTags(tags({ value }, 'value'));
  if (baseType === 'LOCATION' && isObject(value)) return [value['latitude'], value['longitude'], value['elevation']].filter(one => one !== undefined && one !== null).join(', ');
  return JSON.stringify(value);
}
