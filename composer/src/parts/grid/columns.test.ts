import { describe, expect, it } from 'vitest';
import { fitting, type GridColumn } from './columns';

const column = (id: string, width: number, drop?: number): GridColumn<unknown> => ({ id, title: id, width, ...(drop === undefined ? {} : { drop }) });
const columns = [column('name', 200), column('tags', 100, 2), column('project', 100, 1), column('modified', 100)];
const shown = (room: number) => fitting(columns, room).map(one => one.id);

describe('columns where room is scarce', () => {
  it('all show when they fit', () => expect(shown(500)).toEqual(['name', 'tags', 'project', 'modified']));
  it('go by their order, the highest number first', () => {
    expect(shown(499)).toEqual(['name', 'project', 'modified']);
    expect(shown(399)).toEqual(['name', 'modified']);
  });
  it('stay when they are not optional', () => expect(shown(10)).toEqual(['name', 'modified']));
});
