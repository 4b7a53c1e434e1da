import { expect, it } from 'vitest';
import { sampled } from './useMetrics';

it('a figure keeps what it was, the newest last, for ten minutes', () => {
  const first = sampled([], [{ name: 'queueSize', description: 'd', value: 1 }]);
  const second = sampled(first, [{ name: 'queueSize', description: 'd', value: 4 }, { name: 'new', description: '', value: 7 }]);
  expect(second.map(one => one.history)).toEqual([[1, 4], [7]]);
  let many = second;
  for (let value = 0; value < 400; value += 1) many = sampled(many, [{ name: 'queueSize', description: 'd', value }]);
  expect(many[0]?.history).toHaveLength(300);
  expect(many[0]?.history.at(-1)).toBe(399);
});
