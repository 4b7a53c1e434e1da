import { describe, expect, it } from 'vitest';
import { formatStamp, formatValue, parseStamp, parseValue } from './values';
import { toCsv, toJson } from './tableFiles';
import type { FieldDefinition } from './infotable';

const field = (name: string, baseType: string): FieldDefinition => ({ name, baseType, description: '', ordinal: 0, aspects: {} });

describe('values', () => {
  it('read what they show', () => {
    const time = new Date(2026, 4, 12, 9, 42, 18, 340).getTime();
    expect(formatStamp(time)).toBe('2026-05-12 09:42:18.340');
    expect(parseStamp(formatStamp(time))).toBe(time);
    for (const [value, type] of [[1.5, 'NUMBER'], [-3, 'INTEGER'], [true, 'BOOLEAN'], [' a ', 'STRING'], [time, 'DATETIME']] as const) {
      expect(parseValue(formatValue(value, type), field('x', type))).toBe(value);
    }
  });

  it('blank is none, but a text may be spaces', () => {
    expect(parseValue(' ', field('x', 'NUMBER'))).toBeUndefined();
    expect(parseValue(' ', field('x', 'STRING'))).toBe(' ');
  });

  it('say what is wrong', () => {
    expect(() => parseValue('warm', field('x', 'NUMBER'))).toThrow('“warm” is no NUMBER');
    expect(() => parseValue('1.5', field('x', 'INTEGER'))).toThrow('whole number');
    expect(() => parseValue('3000000000', field('x', 'INTEGER'))).toThrow('too large');
    expect(() => parseValue('yes', field('x', 'BOOLEAN'))).toThrow('true or false');
    expect(() => parseValue('91, 0', field('x', 'LOCATION'))).toThrow('latitude');
  });

  it('a LONG beyond what JavaScript counts stays exact', () => {
    expect(parseValue('9007199254740993', field('x', 'LONG'))).toBe('9007199254740993');
  });
});

describe('files', () => {
  const table = { fields: [field('name', 'STRING'), field('at', 'DATETIME'), field('n', 'NUMBER'), field('more', 'JSON')], rows: [{ name: 'say "hi", you\nthere', at: 0, n: -1, more: { a: 1 } }, { name: '=1+1' }, { name: '-5' }] };

  it('CSV escapes, writes times as ISO 8601 and runs no formula', () => {
    expect(toCsv(table)).toBe('name,at,n,more\r\n"say ""hi"", you\nthere",1970-01-01T00:00:00.000Z,-1,"{""a"":1}"\r\n\'=1+1,,,\r\n-5,,,\r\n');
  });

  it('JSON has the fields in their order', () => {
    expect(JSON.parse(toJson(table))).toEqual([{ name: 'say "hi", you\nthere', at: 0, n: -1, more: { a: 1 } }, { name: '=1+1' }, { name: '-5' }]);
  });
});
