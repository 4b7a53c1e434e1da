import { describe, expect, it } from 'vitest';
import { blankField, faultsOf, fieldsOfDocument, toRows } from './fields';

const words = { missing: 'missing', twice: 'twice', sign: 'sign' };

describe('fields of a Data Shape', () => {
  it('need a name each, of allowed signs, once', () => {
    const faults = faultsOf(['a', '', 'a', '1x', 'ok_2'].map(name => ({ ...blankField, name })), words);
    expect([...faults]).toEqual([[1, 'missing'], [2, 'twice'], [3, 'sign']]);
  });

  it('come from a document in their order', () => {
    const fields = fieldsOfDocument([{ name: 'b', baseType: 'NUMBER', ordinal: 1, aspects: {} }, { name: 'a', baseType: 'STRING', ordinal: 0, aspects: { isPrimaryKey: true } }]);
    expect(fields.map(field => [field.name, field.isPrimaryKey])).toEqual([['a', true], ['b', false]]);
    expect(toRows(fields)[1]).toMatchObject({ name: 'b', ordinal: 1 });
  });
});
