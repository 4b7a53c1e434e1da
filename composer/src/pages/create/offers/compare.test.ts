import { describe, expect, it } from 'vitest';
import { blankField } from '../../../parts/fields/fields';
import { compareShapes, nearest, parseIdentifier } from './compare';

const field = (name: string, baseType = 'STRING', isPrimaryKey = false) => ({ ...blankField, name, baseType, isPrimaryKey });

describe('Data Shapes of two servers', () => {
  it('are the same whatever the order of their fields', () => {
    expect(compareShapes([field('a'), field('b', 'NUMBER')], [field('b', 'NUMBER'), field('a')]).state).toBe('same');
  });

  it('differ by base type, by key and by what only one has', () => {
    const { state, differences } = compareShapes([field('a'), field('b'), field('own')], [field('a', 'NUMBER'), field('b', 'STRING', true), field('theirs')]);
    expect(state).toBe('differs');
    expect(differences.filter(pair => !pair.isSame).map(pair => pair.name)).toEqual(['a', 'b', 'theirs', 'own']);
  });
});

describe('an Identifier', () => {
  it('is split at the last @', () => {
    expect(parseIdentifier('a@b@ServerB')).toEqual({ thing: 'a@b', server: 'ServerB' });
    for (const wrong of ['', 'Thing', '@ServerB', 'Thing@']) expect(parseIdentifier(wrong)).toBeUndefined();
  });

  it('has a nearest name only where it is near', () => {
    expect(nearest('MachneStream', ['MachineStream', 'Other'])).toBe('MachineStream');
    expect(nearest('PressLine', ['PressLine6_Stream'])).toBe('PressLine6_Stream');
    expect(nearest('Boiler', ['MachineStream'])).toBeUndefined();
  });
});
