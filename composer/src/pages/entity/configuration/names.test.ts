import { describe, expect, it } from 'vitest';
import type { EntityDocument } from '../../../api/entities';
import { parseName, rowName, rowsOf, savedFields, settingName } from './names';

const entity = {
  all: { configurationTables: {
    Identification: { dataShape: { fieldDefinitions: {} }, rows: [{ serverName: 'ServerB' }] },
    Subscribers: { dataShape: { fieldDefinitions: {} }, rows: [{ name: 'Server/A', enabled: true }, { name: 'C', enabled: false }] },
  } },
} as unknown as EntityDocument;

describe('names of the configuration draft', () => {
  it('come back as they were made', () => {
    expect(parseName(settingName('T', 'a#b'))).toEqual({ table: 'T', setting: 'a#b' });
    expect(parseName(rowName('T', 'Server/A'))).toEqual({ table: 'T', row: 'Server/A' });
    expect(parseName('T')).toEqual({ table: 'T' });
  });

  it('hold each setting and each row that has a name', () => {
    const saved = savedFields(entity);
    expect(saved['Identification/serverName']).toBe('ServerB');
    expect(saved['Subscribers#C']).toEqual({ name: 'C', enabled: false });
    expect(saved['Subscribers']).toHaveLength(2);
  });

  it('leave out a row that is taken away and show one that is new', () => {
    const values = { ...savedFields(entity), 'Subscribers#C': null, 'Subscribers#D': { name: 'D' } };
    expect(rowsOf('Subscribers', values).map(one => one.name)).toEqual(['Server/A', 'D']);
  });
});
