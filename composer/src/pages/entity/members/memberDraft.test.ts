import { describe, expect, it, vi } from 'vitest';
import type { EntityDocument } from '../../../api/entities';
import { ApiError } from '../../../api/client';
import type { EntityDraftContext } from '../../../app/entityDraft';
import { anyGroup, memberDraft, membersIn, type MemberGroup } from './memberDraft';

const entity = { name: 'Pump', kind: 'Things', all: {} } as unknown as EntityDocument;

function groupOf(saved: Record<string, number>, done: string[]): MemberGroup<number> {
  return {
    id: 'property', read: () => saved, label: name => `Property ${name}`,
    put: async (_, name, value, before) => { done.push(`put ${name} ${before ?? 'new'} ${value}`); },
    remove: async (_, name) => { done.push(`remove ${name}`); },
  };
}

describe('memberDraft', () => {
  it('names fields by group and member, also with a colon in the name', () => {
    const part = memberDraft([anyGroup(groupOf({ 'a:b': 1 }, []))]);
    expect(part.read(entity, {} as never)).toEqual({ 'property:a:b': 1 });
    expect(part.label('property:a:b')).toBe('Property a:b');
  });

  it('removes before it adds, and says what was refused at its field', async () => {
    const done: string[] = [];
    const group = groupOf({ old: 1, kept: 2 }, done);
    const refusing = { ...group, put: vi.fn(group.put).mockRejectedValueOnce(new ApiError(409, 'It is there already.')) };
    const refused = await memberDraft([anyGroup(refusing)]).save(entity, { 'property:new': 5, 'property:old': null, 'property:kept': 3 });
    expect(done).toEqual(['remove old', 'put kept 2 3']);
    expect(refused).toEqual({ 'property:new': 'It is there already.' });
  });

  it('passes over a removal of what is gone already', async () => {
    const done: string[] = [];
    expect(await memberDraft([anyGroup(groupOf({}, done))]).save(entity, { 'property:x': null })).toEqual({});
    expect(done).toEqual([]);
  });

  it('shows what shall go as it is saved', () => {
    const draft = {
      values: { 'property:a': null, 'property:b': 2, 'property:c': 3, 'other:d': 1 }, saved: { 'property:a': 1, 'property:b': 2 }, errors: {},
      isChanged: (field: string) => field === 'property:a' || field === 'property:c',
    } as unknown as EntityDraftContext;
    expect(membersIn(draft, groupOf({}, [])).map(one => [one.name, one.value, one.state])).toEqual([['a', 1, 'removed'], ['b', 2, 'same'], ['c', 3, 'new']]);
  });
});
