import { describe, expect, it } from 'vitest';
import type { Row } from '../../../api/infotable';
import { RowWindow, type Ask, type Page } from './rowWindow';

// Rows of one each second, n counting up; newest first means n falls. Two share each time where `tied` says so.
function sourceOf(count: number, { counts = true, tied = 1 } = {}) {
  const all: Row[] = Array.from({ length: count }, (_, n) => ({ n, timestamp: Math.floor(n / tied) * 1000 }));
  const asks: Ask[] = [];
  const load = (ask: Ask): Promise<Page> => {
    asks.push(ask);
    const at = (row: Row) => Number(row['timestamp']);
    const found = all.filter(row => at(row) >= (ask.from ?? -Infinity) && at(row) <= (ask.to ?? Infinity));
    const ordered = ask.oldestFirst ? found : found.toReversed();
    const start = Number(ask.cursor ?? 0);
    const next = start + ask.size;
    return Promise.resolve({ fields: [], rows: ordered.slice(start, next), cursor: next < ordered.length ? String(next) : undefined });
  };
  return { asks, source: { load, keyOf: (row: Row) => String(row['n']), timeOf: (row: Row) => Number(row['timestamp']), count: counts ? count : undefined } };
}

const settled = async (window: RowWindow) => {
  for (let i = 0; i < 50; i += 1) await Promise.resolve();
  while (window.state.isLoading) await new Promise(resolve => setTimeout(resolve));
};
const at = (window: RowWindow, place: number) => Number(window.state.rows[place - window.state.first]?.['n']);
const isInARow = (window: RowWindow) => window.state.rows.every((row, index) => index === 0 || Number(row['n']) === Number(window.state.rows[index - 1]?.['n']) - 1);

describe('a window over many rows', () => {
  it('has the newest on top and the oldest at the end', async () => {
    const window = new RowWindow(sourceOf(100_000).source);
    await window.open();
    expect(window.state.total).toBe(100_000);
    expect(at(window, 0)).toBe(99_999);
    window.show(99_960, 99_999);
    await settled(window);
    expect(at(window, 99_999)).toBe(0);
    window.show(0, 40);
    await settled(window);
    expect(at(window, 0)).toBe(99_999);
  });

  it('jumps by time and asks for no row in between', async () => {
    const { source, asks } = sourceOf(100_000);
    const window = new RowWindow(source);
    await window.open();
    window.show(50_000, 50_040);
    await settled(window);
    expect(at(window, 50_000)).toBeGreaterThan(49_700);
    expect(at(window, 50_000)).toBeLessThan(50_300);
    expect(isInARow(window)).toBe(true);
    expect(asks.length).toBeLessThan(6);
  });

  it('goes up and down without repeating or missing a row, also where times are the same', async () => {
    const window = new RowWindow(sourceOf(20_000, { tied: 7 }).source);
    await window.open();
    window.show(10_000, 10_040);
    await settled(window);
    for (const step of [600, 600, -900, -900, -900]) {
      window.show(window.state.first + (step > 0 ? window.state.rows.length - 50 : 0), window.state.first + (step > 0 ? window.state.rows.length - 10 : 40));
      await settled(window);
      expect(isInARow(window)).toBe(true);
    }
  });

  it('lets go of rows at the far side', async () => {
    const window = new RowWindow(sourceOf(50_000).source);
    await window.open();
    for (let place = 400; place < 8_000; place += 400) {
      window.show(place, place + 40);
      await settled(window);
    }
    expect(window.state.rows.length).toBeLessThanOrEqual(5_000);
    expect(isInARow(window)).toBe(true);
  });

  it('goes on page by page where nobody knows how many there are', async () => {
    const window = new RowWindow(sourceOf(1_200, { counts: false }).source);
    await window.open();
    expect(window.state.total).toBe(550);
    for (let turn = 0; turn < 4; turn += 1) {
      window.show(window.state.total - 40, window.state.total - 1);
      await settled(window);
    }
    expect(window.state.total).toBe(1_200);
    expect(window.state.isAtOldest).toBe(true);
  });

  it('takes new rows on top only, and each once', async () => {
    const window = new RowWindow(sourceOf(10).source);
    await window.open();
    window.prepend([{ n: 10, timestamp: 10_000 }, { n: 9, timestamp: 9_000 }]);
    window.prepend([{ n: 99, timestamp: 3_000 }]);
    expect(at(window, 0)).toBe(10);
    expect(window.state.total).toBe(11);
  });

  it('tells an error and goes on when asked again', async () => {
    const window = new RowWindow({ ...sourceOf(10).source, load: () => Promise.reject(new Error('The link is down.')) });
    await window.open();
    expect(window.state.error).toBeInstanceOf(Error);
  });
});
