import { describe, expect, it } from 'vitest';
import { flag, formatTags, number, parseTags, readTable, resultOf, table, tags, text } from './infotable';

const answer = {
  dataShape: { fieldDefinitions: { b: { name: 'b', baseType: 'NUMBER', ordinal: 1, description: '', aspects: {} }, a: { name: 'a', baseType: 'STRING', ordinal: 0, description: '', aspects: {} } } },
  rows: [{ a: 'x', b: 'NaN' }, {}],
};

describe('an InfoTable', () => {
  it('has its fields in the order of the Data Shape', () => {
    expect(readTable(answer).fields.map(field => field.name)).toEqual(['a', 'b']);
  });

  it('is empty where a service gives nothing', () => {
    expect(readTable(undefined)).toEqual({ fields: [], rows: [] });
  });

  it('refuses what is no table', () => {
    expect(() => readTable({ rows: 3 })).toThrow(TypeError);
    expect(() => readTable('text')).toThrow(TypeError);
  });

  it('reads fields by type, and says nothing where a row has no value', () => {
    const [first, second] = readTable(answer).rows;
    expect(number(first, 'b')).toBeNaN();
    expect(text(second, 'a')).toBe('');
    expect(number(second, 'b')).toBeUndefined();
    expect(flag(second, 'c')).toBe(false);
    expect(table(first, 'none').rows).toEqual([]);
  });

  it('gives the one value of a scalar result', () => {
    expect(resultOf(readTable({ dataShape: { fieldDefinitions: {} }, rows: [{ result: 5 }] }))).toBe(5);
  });

  it('reads tags as text and as rows', () => {
    expect(tags({ t: 'Plant:Bergen;Line:4' }, 't')).toEqual(tags({ t: [{ vocabulary: 'Plant', vocabularyTerm: 'Bergen' }, { vocabulary: 'Line', vocabularyTerm: '4' }] }, 't'));
    expect(formatTags(parseTags('Plant:Bergen;Line:4'))).toBe('Plant:Bergen;Line:4');
    expect(parseTags('')).toEqual([]);
  });
});
