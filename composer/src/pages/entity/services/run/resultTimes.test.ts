import { expect, test } from 'vitest';
import type { FieldDefinition, InfoTable } from '../../../../api/infotable';
import { timedRows, timeFieldOf } from './resultTimes';

const field = (name: string, baseType: string): FieldDefinition => ({ name, baseType, description: '', ordinal: 0, aspects: {} });
const table = (fields: FieldDefinition[], rows: InfoTable['rows']): InfoTable => ({ fields, rows } as InfoTable);
const rows = [{ made: 1, seen: 5, n: 7 }, { made: 2, seen: 6, n: 8 }];

test('numbers over time can be drawn, by the column of that name or the first time', () => {
  expect(timeFieldOf(table([field('made', 'DATETIME'), field('seen', 'DATETIME'), field('n', 'NUMBER')], rows))).toBe('made');
  expect(timeFieldOf(table([field('made', 'DATETIME'), field('timestamp', 'DATETIME'), field('n', 'NUMBER')], [{ made: 1, timestamp: 1, n: 1 }, { made: 1, timestamp: 2, n: 2 }]))).toBe('timestamp');
});

test('one row, no number or no time is no chart', () => {
  expect(timeFieldOf(table([field('made', 'DATETIME'), field('n', 'NUMBER')], rows.slice(1)))).toBeUndefined();
  expect(timeFieldOf(table([field('made', 'DATETIME'), field('word', 'STRING')], rows))).toBeUndefined();
  expect(timeFieldOf(table([field('n', 'NUMBER')], rows))).toBeUndefined();
});

test('a range keeps what lies in it', () => {
  expect(timedRows(rows, 'seen', [6, 9]).map(row => row['n'])).toEqual([8]);
});
