import { describe, expect, it } from 'vitest';
import { readMembers } from '../../../api/members';
import { declarationsOf, mentionsOf } from './declarations';

const me = readMembers({
  propertyDefinitions: { speed: { name: 'speed', baseType: 'NUMBER', description: 'How fast */ it turns', aspects: {} }, 'two words': { name: 'two words', baseType: 'STRING', aspects: {} } },
  serviceDefinitions: {
    Warm: {
      name: 'Warm', description: 'Heats.', aspects: {}, Outputs: { name: 'result', baseType: 'INFOTABLE' },
      Inputs: { fieldDefinitions: { by: { name: 'by', baseType: 'NUMBER', ordinal: 1, aspects: { isRequired: true } }, at: { name: 'at', baseType: 'DATETIME', ordinal: 0, aspects: {} } } },
    },
  },
});

describe('declarationsOf', () => {
  const declared = declarationsOf({ me, parameters: [{ name: 'by', baseType: 'LONG', description: '' }, { name: 'no word', baseType: 'LONG', description: '' }], result: 'BOOLEAN', names: { Things: ['A "b"', 'Pump'] }, known: { 'Things/Pump': me } });

  it('says what me has, with descriptions that cannot end a comment', () => {
    expect(declared).toContain('/** NUMBER · How fast * / it turns */\n  speed: number;');
    expect(declared).toContain('"two words": string;');
    expect(declared).toContain('Warm(args: { /** DATETIME */ at?: Date; /** NUMBER */ by: number; }): InfoTable;');
  });

  it('has result and the parameters that are words', () => {
    expect(declared).toContain('declare var result: boolean;');
    expect(declared).toContain('declare var by: number;');
    expect(declared).not.toContain('no word');
  });

  it('lists entities, and the members of those that are known', () => {
    expect(declared).toContain('"A \\"b\\"": Entity;');
    expect(declared).toMatch(/"Pump": \{\n[^}]*speed: number;/);
  });
});

describe('mentionsOf', () => {
  it('finds entities that are named by a text, once each', () => {
    expect(mentionsOf(`Things["Pump"].x(); Things[ 'O"k' ].y; Things["Pump"]; Resources["A"]; Things[name]; notThings["B"]`))
      .toEqual([{ collection: 'Things', name: 'Pump' }, { collection: 'Things', name: 'O"k' }, { collection: 'Resources', name: 'A' }]);
  });
});
