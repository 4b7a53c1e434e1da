import { describe, expect, it } from 'vitest';
import { valueText } from './valueText';

describe('valueText', () => {
  it.each([
    [undefined, 'NUMBER', ''], [0.1 + 0.2, 'NUMBER', '0.3'], [-5, 'INTEGER', '\u22125'], [true, 'BOOLEAN', 'true'], ['x', 'PASSWORD', '••••••'],
    [{ latitude: 1.5, longitude: 2 }, 'LOCATION', '1.5, 2'], [[{ vocabulary: 'Plant', vocabularyTerm: 'Bergen' }], 'TAGS', 'Plant:Bergen'], [{ a: 1 }, 'JSON', '{"a":1}'],
    [{ dataShape: { fieldDefinitions: {} }, rows: [{}] }, 'INFOTABLE', '1 row'],
  ] as const)('%j of %s', (value, baseType, words) => expect(valueText(value as never, baseType)).toBe(words));
});
