import { expect, test } from 'vitest';
import { memberKey, readMember } from './principals';
import { orderUnits, unitFault } from './unitTree';

const unit = (name: string, parent: string, isGone = false) => ({ name, parent, isGone });

test('each unit stands behind the one above it', () => {
  expect(orderUnits([unit('Line', 'Plant'), unit('Top', ''), unit('Office', 'Top'), unit('Plant', 'Top')]).map(one => [one.name, one.depth]))
    .toEqual([['Top', 0], ['Office', 1], ['Plant', 1], ['Line', 2]]);
});

test('what stood below units that go moves up', () => {
  expect(orderUnits([unit('Top', ''), unit('Plant', 'Top', true), unit('Hall', 'Plant', true), unit('Line', 'Hall')]))
    .toEqual([{ name: 'Top', parent: '', depth: 0 }, { name: 'Line', parent: 'Top', depth: 1 }]);
});

test('a new unit has a name of its own without a sign that addresses use', () => {
  expect(unitFault('Plant', ['Plant'])).toContain('Plant');
  expect(unitFault('a:b', [])).toBeDefined();
  expect(unitFault('Hall 2', ['Plant'])).toBeUndefined();
});

test('members keep their names, slashes and colons too', () => {
  for (const member of [{ name: 'a/b:c', type: 'User' }, { name: 'Crew', type: 'Group' }] as const) expect(readMember(memberKey(member))).toEqual(member);
});
