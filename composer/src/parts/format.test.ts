import { describe, expect, it } from 'vitest';
import { formatAge, formatCount } from './format';
import { markOf } from './Server';

describe('numbers and ages', () => {
  it('puts thin spaces between thousands', () => expect(formatCount(1204377)).toBe('1\u202f204\u202f377'));
  it.each([[0, '0.0 s'], [400, '0.4 s'], [42_000, '42 s'], [90_000, '90 s'], [91_000, '1 min'], [6 * 60_000, '6 min'], [3 * 3_600_000, '3 h'], [12 * 86_400_000, '12 d'], [-5, '0.0 s']])('writes %d ms as %s', (age, word) =>
    expect(formatAge(age)).toBe(word));
});

describe('the mark of a server', () => {
  it.each([['ServerA', 'SA'], ['ServerB', 'SB'], ['LuebeckHQ', 'LU'], ['BergenPlant', 'BE'], ['riga', 'RI'], ['plant2', 'P2'], ['', '']])('of %s is %s', (name, mark) => expect(markOf(name)).toBe(mark));
});
