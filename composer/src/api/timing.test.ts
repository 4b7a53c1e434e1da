import { expect, it } from 'vitest';
import { readWay, totalOf } from './timing';

it('reads the way of a call', () => {
  const way = readWay('before;dur=0.6, turn;dur=0.1, link;dur=18.5;desc="ServerB", there;dur=15.2, after;dur=0.9');
  expect(way).toEqual({ server: 'ServerB', before: 0.6, turn: 0.1, link: 18.5 - 15.2, there: 15.2, after: 0.9, failed: undefined });
  expect(way && totalOf(way)).toBeCloseTo(20.1);
});

it('knows a server that tells nothing from one that needs no time', () => {
  expect(readWay('before;dur=1, turn;dur=0, link;dur=9;desc="Edge", after;dur=0')?.there).toBeUndefined();
  expect(readWay('before;dur=1')?.server).toBeUndefined();
  expect(readWay(null)).toBeUndefined();
});

it('marks the hop of a failure', () => {
  expect(readWay('before;dur=1, failed;desc="link"')?.failed).toBe('link');
  expect(readWay('before;dur=1, failed;desc="elsewhere"')?.failed).toBeUndefined();
});
