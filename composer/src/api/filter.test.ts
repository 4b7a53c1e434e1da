import { describe, expect, it } from 'vitest';
import { readConditions, readQuery, toQuery, writeConditions, type Condition } from './filter';

const above: Condition = { field: 'temperature', operator: 'GT', values: [78] };
const states: Condition = { field: 'state', operator: 'IN', values: ['RUN', 'HOLD'] };

describe('conditions', () => {
  it('become a query and come back', () => {
    for (const conditions of [[], [above], [above, states], [{ field: 't', operator: 'BETWEEN', values: [1, 2] }], [{ field: 'm', operator: 'MISSINGVALUE', values: [] }]] as Condition[][]) {
      expect(readQuery(toQuery(conditions))).toEqual(conditions);
    }
  });

  it('all must hold', () => {
    expect(toQuery([above, states])).toEqual({ filters: { type: 'AND', filters: [{ type: 'GT', fieldName: 'temperature', value: 78 }, { type: 'IN', fieldName: 'state', values: ['RUN', 'HOLD'] }] } });
  });

  it('count only when they say enough', () => {
    expect(toQuery([{ field: 'x', operator: 'BETWEEN', values: [1] }, { field: 'x', operator: 'GT', values: [] }])).toBeUndefined();
  });

  it('contains is a pattern, as far as none was typed', () => {
    expect(toQuery([{ field: 'm', operator: 'LIKE', values: ['door'] }])).toEqual({ filters: { type: 'LIKE', fieldName: 'm', value: '*door*' } });
    expect(toQuery([{ field: 'm', operator: 'LIKE', values: ['door*'] }])).toEqual({ filters: { type: 'LIKE', fieldName: 'm', value: 'door*' } });
  });

  it('do not pretend to be what says more', () => {
    expect(readQuery({ filters: { type: 'OR', filters: [] } })).toBeUndefined();
    expect(readQuery({ filters: { type: 'EQ', fieldName: 'a', value: 1, isCaseSensitive: false } })).toBeUndefined();
    expect(readQuery({ sorts: [{ fieldName: 'a' }] })).toBeUndefined();
  });

  it('stand in an address', () => {
    expect(readConditions(writeConditions([above, states]))).toEqual([above, states]);
    expect(readConditions(['not json', '["x","DROP"]', '[1,"EQ",2]'])).toEqual([]);
  });
});
