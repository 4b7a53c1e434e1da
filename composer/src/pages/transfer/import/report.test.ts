import { describe, expect, it } from 'vitest';
import type { ImportLine } from '../../../api/transfer';
import { sumsOf, writeReport } from './report';

const lines: readonly ImportLine[] = [
  { line: 4, type: 'Thing', name: 'Pump', outcome: 'failed', reason: 'there is no DataShape [Nope].' },
  { line: 2, type: 'Thing', name: 'Valve', outcome: 'created', reason: '' },
  { line: 3, type: 'Thing', name: 'Tank', outcome: 'created', reason: '' },
];

describe('the report of an import', () => {
  it('counts what comes of the entities', () => expect(sumsOf(lines)).toEqual({ created: 2, replaced: 0, passedOver: 0, failed: 1 }));
  it('tells each entity with its line and reason', () => {
    const report = writeReport('plant.xml', 'ServerA', false, lines).split('\n');
    expect(report).toHaveLength(4);
    expect(report[0]).toContain('plant.xml');
    expect(report[1]).toBe('Cannot be imported\tThing Pump\tLine 4\tthere is no DataShape [Nope].');
    expect(report[2]).toBe('Will be made\tThing Valve\tLine 2');
  });
});
