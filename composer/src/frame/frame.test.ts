import { describe, expect, it } from 'vitest';
import { markOfDocument, pageOf, useDocuments } from './documents';
import { keyOf } from './shortcuts';

describe('documents', () => {
  it('are one for each entity, whatever tab shows', () => {
    expect(pageOf('/Things/Press%2D4/general')?.document?.key).toBe(pageOf('/Things/Press-4/history?x=1')?.document?.key);
    expect(pageOf('/Things/a%2Fb/general')?.document).toMatchObject({ key: '/Things/a%2Fb', title: 'a/b' });
  });

  it('are none for an address that leads nowhere', () => {
    expect(pageOf('/Nonsense/X')?.document).toBeNull();
    expect(pageOf('/browse/Nonsense')?.document).toBeNull();
  });

  it('keep their place, remember their last address, and move', () => {
    const { visit, move, close } = useDocuments.getState();
    visit('/browse/Things', '/browse/Things', 1);
    visit('/Things/A', '/Things/A/general', 2);
    visit('/browse/Things', '/browse/Things?q=a', 3);
    expect(useDocuments.getState().open.map(one => one.address)).toEqual(['/browse/Things?q=a', '/Things/A/general']);
    move('/Things/A', 0);
    expect(useDocuments.getState().open[0]?.key).toBe('/Things/A');
    close('/Things/A');
    expect(useDocuments.getState().open).toHaveLength(1);
    expect(useDocuments.getState().recent.map(one => one.key)).toEqual(['/browse/Things', '/Things/A']);
  });

  it('have the icon of the narrowest kind', () => {
    expect(markOfDocument({ key: '/Things/A', kind: 'Streams' })?.icon).toBe(pageOf('/browse/Streams')?.document?.icon);
  });
});

describe('keys', () => {
  const key = (init: KeyboardEventInit) => keyOf(new KeyboardEvent('keydown', init));
  it('are written as shortcuts write them', () => {
    expect(key({ key: 'k', ctrlKey: true })).toBe('Ctrl+K');
    expect(key({ key: '?', shiftKey: true })).toBe('?');
    expect(key({ key: '¡', code: 'Digit1', altKey: true })).toBe('Alt+1');
    expect(key({ key: 'F6', shiftKey: true })).toBe('Shift+F6');
  });
});
