import { describe, expect, it } from 'vitest';
import { attributesOf, limitsOf, readAlert } from './alertDraft';

const form = { alertType: 'InRange', description: '', enabled: true, priority: 1, limits: { minimum: 1, maximum: 5, maximumIncluded: false, limit: 9 } };

describe('attributesOf', () => {
  it('sends the limits of the type only, in the type of the property', () => {
    expect(attributesOf(form, 'INTEGER')).toEqual({
      dataShape: { fieldDefinitions: { minimum: { name: 'minimum', baseType: 'INTEGER', ordinal: 0, aspects: {} }, maximum: { name: 'maximum', baseType: 'INTEGER', ordinal: 1, aspects: {} }, maximumIncluded: { name: 'maximumIncluded', baseType: 'BOOLEAN', ordinal: 2, aspects: {} } } },
      rows: [{ minimum: 1, maximum: 5, maximumIncluded: false }],
    });
  });

  it('measures how far a deviation is as a number, whatever the property is', () => {
    const sent = attributesOf({ ...form, alertType: 'DeviationAbove', limits: { value: 3, limit: 0.5 } }, 'INTEGER') as { dataShape: { fieldDefinitions: Record<string, { baseType: string }> } };
    expect(sent.dataShape.fieldDefinitions['limit']?.baseType).toBe('NUMBER');
    expect(sent.dataShape.fieldDefinitions['value']?.baseType).toBe('INTEGER');
  });
});

it('reads an alert, and knows no limits of a type that does not run', () => {
  expect(readAlert({ alertType: 'Above', enabled: true, priority: 2, attributes: { dataShape: { fieldDefinitions: {} }, rows: [{ limit: 4 }] } })).toEqual({ alertType: 'Above', description: '', enabled: true, priority: 2, limits: { limit: 4 } });
  expect(limitsOf('Anomaly')).toEqual([]);
});
