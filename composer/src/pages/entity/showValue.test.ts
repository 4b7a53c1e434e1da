import { expect, test } from 'vitest';
import { typedSecret } from '../../app/secrets';
import { showChange, showValue } from './showValue';

test('a value of parts says those that are filled in, in words', () => {
  expect(showValue({ description: '', baseType: 'NUMBER', isLogged: true, isReadOnly: false, events: [{ name: 'a' }, { name: 'b' }] })).toBe('base type: NUMBER · is logged: Yes · events: 2 entries');
});

test('a change of parts says what differs only', () => {
  expect(showChange({ baseType: 'NUMBER', units: 'bar', code: 'a' }, { baseType: 'NUMBER', units: 'Pa', code: 'b\nc' })).toEqual({ to: 'units: bar → Pa · code changed' });
});

test('what comes and what goes is said so', () => {
  expect(showChange(undefined, { parent: 'Top' })).toEqual({ to: 'added, parent: Top' });
  expect(showChange({ parent: 'Top' }, null)).toEqual({ to: 'taken away' });
});

test('long texts and secrets are not written out', () => {
  expect(showValue('1\n2\n3')).toBe('3 lines');
  expect(showValue(typedSecret)).not.toContain(typedSecret);
});
