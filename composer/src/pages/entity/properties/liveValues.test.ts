import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveValue } from '../../../api/live';
import { LiveValues } from './liveValues';

const value = (v: number): LiveValue => ({ v, t: v, q: 'GOOD' });

describe('LiveValues', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('paints a cell at most ten times a second, and never loses the last value', () => {
    const values = new LiveValues(() => Date.now());
    const painted: unknown[] = [];
    values.watch('speed', () => painted.push(values.get('speed')?.v));
    for (let at = 0; at < 1000; at += 5) {
      values.take({ speed: value(at) }, false);
      vi.advanceTimersByTime(5);
    }
    vi.advanceTimersByTime(100);
    expect(painted.length).toBeGreaterThan(8);
    expect(painted.length).toBeLessThanOrEqual(11);
    expect(painted.at(-1)).toBe(995);
  });

  it('paints the first change at once, and only the cell that it is of', () => {
    const values = new LiveValues(() => Date.now());
    const [speed, other] = [vi.fn(), vi.fn()];
    values.watch('speed', speed);
    values.watch('other', other);
    values.take({ speed: value(1) }, false);
    vi.advanceTimersByTime(0);
    expect(speed).toHaveBeenCalledTimes(1);
    expect(other).not.toHaveBeenCalled();
  });

  it('forgets what is not among all', () => {
    const values = new LiveValues(() => Date.now());
    values.take({ gone: value(1), kept: value(1) }, true);
    values.take({ kept: value(2) }, true);
    expect(values.get('gone')).toBeUndefined();
    expect(values.get('kept')).toEqual(value(2));
  });
});
