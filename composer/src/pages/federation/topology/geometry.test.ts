import { describe, expect, it } from 'vitest';
import { layOut, lineBetween, portsOf, serverSize } from './geometry';

describe('the map', () => {
  it('puts the others beside this server, itself in the middle of their height', () => {
    const { here, others } = layOut(['A', 'B', 'C']);
    expect(here.y).toBe(others.get('B')?.y);
    expect(new Set([...others.values()].map(one => one.x)).size).toBe(1);
  });

  it('divides many servers between both sides', () => {
    const { others } = layOut(Array.from({ length: 11 }, (_, index) => `S${index}`));
    expect([...others.values()].filter(one => one.x < 0)).toHaveLength(5);
    expect(new Set([...others.values()].map(one => `${one.x} ${one.y}`)).size).toBe(11);
  });

  it('gives links ports in the order of the servers, two between a pair their own each', () => {
    const { others } = layOut(['A', 'B']);
    const ports = portsOf([{ key: 'b', server: 'B', role: 'Publisher' }, { key: 'a2', server: 'A', role: 'Subscriber' }, { key: 'a1', server: 'A', role: 'Publisher' }], others);
    expect(['a1', 'a2', 'b'].map(key => ports.get(key)?.here)).toEqual([0.25, 0.5, 0.75]);
    expect([ports.get('a1')?.other, ports.get('b')?.other]).toEqual([1 / 3, 0.5]);
  });

  it('draws to the near side, wherever the other server stands', () => {
    const ports = { here: 0.5, other: 0.5 };
    const right = lineBetween({ x: 0, y: 0 }, { x: 700, y: 0 }, ports);
    expect([right.from.x, right.to.x, right.direction]).toEqual([serverSize.width, 700, 1]);
    const left = lineBetween({ x: 0, y: 0 }, { x: -700, y: 0 }, ports);
    expect([left.from.x, left.to.x, left.direction]).toEqual([0, -700 + serverSize.width, -1]);
    expect(right.tag.x).toBeGreaterThan(right.from.x);
    expect(left.tag.x).toBeLessThan(left.from.x);
  });
});
