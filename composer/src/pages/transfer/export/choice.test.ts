import { describe, expect, it } from 'vitest';
import type { EntityRow } from '../../../api/entities';
import { fileName, narrow } from './choice';

const row = (name: string, type: string, more: Partial<EntityRow> = {}): EntityRow => ({ name, type, description: '', parent: '', tags: [], project: '', modified: 0, isSystem: false, mayUpdate: true, mayDelete: true, ...more });
const none = { kind: '', project: '', tag: '', q: '' };
const rows = [row('Demo', 'Project'), row('Log', 'Thing', { parent: 'Stream', project: 'Demo' }), row('Pump', 'Thing', { tags: [{ vocabulary: 'Plant', vocabularyTerm: 'North' }], description: 'by the sea' })];
const names = (filter: Partial<typeof none>) => narrow(rows, { ...none, ...filter }).map(one => one.name);

describe('what is exported', () => {
  it('is all where nothing is asked', () => expect(names({})).toEqual(['Demo', 'Log', 'Pump']));
  it('is a project with itself', () => expect(names({ project: 'Demo' })).toEqual(['Demo', 'Log']));
  it('is of a kind, a tag, a word', () => {
    expect(names({ kind: 'Streams' })).toEqual(['Log']);
    expect(names({ tag: 'Plant:North' })).toEqual(['Pump']);
    expect(names({ q: 'SEA' })).toEqual(['Pump']);
  });
});

it('the file is named after server, choice and time', () => expect(fileName('Lübeck HQ', { ...none, project: 'Demo' }, Date.UTC(2026, 4, 12, 8, 42))).toBe('Lübeck-HQ_Demo_20260512-0842.xml'));
