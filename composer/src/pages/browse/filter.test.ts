import { describe, expect, it } from 'vitest';
import type { EntityRow } from '../../api/entities';
import { parseTags } from '../../api/infotable';
import { facetValues, filterRows, readFilter } from './filter';

const row = (name: string, more: Partial<EntityRow> = {}): EntityRow =>
  ({ name, description: '', type: 'Thing', parent: 'Stream', tags: [], project: '', modified: 0, isSystem: false, mayUpdate: true, mayDelete: true, ...more });
const rows = [row('PressLine4', { project: 'Presses', tags: parseTags('Plant:Bergen') }), row('PressLine5', { parent: 'RemoteStream' }), row('ShiftLog', { description: 'what each shift says', isSystem: true })];
const named = (query: string) => filterRows(rows, readFilter(new URLSearchParams(query))).map(one => one.name);

describe('the filter of a list', () => {
  it('lets everything pass when it is empty', () => expect(named('')).toHaveLength(3));
  it('wants every word, wherever it stands', () => expect(named('q=press+bergen')).toEqual(['PressLine4']));
  it('searches descriptions', () => expect(named('q=SHIFT+says')).toEqual(['ShiftLog']));
  it('takes * and ? as a pattern of the whole name', () => {
    expect(named('q=*line?')).toEqual(['PressLine4', 'PressLine5']);
    expect(named('q=line?')).toEqual([]);
  });
  it('takes other signs as they are', () => expect(named('q=(.)')).toEqual([]));
  it('narrows by facet', () => {
    expect(named('template=RemoteStream')).toEqual(['PressLine5']);
    expect(named('tag=Plant:Bergen')).toEqual(['PressLine4']);
    expect(named('made=platform')).toEqual(['ShiftLog']);
  });
  it('offers the values that there are', () => expect(facetValues(rows, 'project')).toEqual(['Presses']));
});
