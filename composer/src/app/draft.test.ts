import { describe, expect, it } from 'vitest';
import { edit, merge, same, without, type Draft } from './draft';

describe('a draft', () => {
  const saved = { description: 'old', project: 'P', tags: '' };

  it('remembers what was there when editing began', () => {
    const once = edit(undefined, saved, 'description', 'new');
    const twice = edit(once, { ...saved, description: 'theirs' }, 'description', 'newer');
    expect(twice).toEqual({ base: { description: 'old' }, mine: { description: 'newer' } });
  });

  it('is gone when a field is set back to what is saved', () => {
    expect(edit(edit(undefined, saved, 'description', 'new'), saved, 'description', 'old')).toBeUndefined();
  });

  it('takes null for a field that is not saved yet', () => {
    expect(edit(undefined, {}, 'name', 'A')?.base['name']).toBeNull();
    expect(edit(undefined, {}, 'name', null)).toBeUndefined();
  });

  it('keeps the other fields when one is saved', () => {
    const draft: Draft = { base: { a: 1, b: 2 }, mine: { a: 3, b: 4 } };
    expect(without(draft, ['a'])).toEqual({ base: { b: 2 }, mine: { b: 4 } });
  });

  it('merges when somebody else changed other fields', () => {
    const draft = edit(undefined, saved, 'description', 'mine');
    expect(merge(draft!, { ...saved, project: 'Q' })).toEqual({ draft, conflicts: [] });
  });

  it('tells a field that both changed', () => {
    const draft = edit(undefined, saved, 'description', 'mine');
    expect(merge(draft!, { ...saved, description: 'theirs' }).conflicts).toEqual([{ field: 'description', base: 'old', mine: 'mine', theirs: 'theirs' }]);
  });

  it('has nothing left of a field that both changed alike', () => {
    const draft = edit(undefined, saved, 'description', 'same');
    expect(merge(draft!, { ...saved, description: 'same' })).toEqual({ draft: undefined, conflicts: [] });
  });

  it('compares values by what they hold', () => {
    expect(same({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toBe(true);
    expect(same({ a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect(same([], {})).toBe(false);
  });
});
