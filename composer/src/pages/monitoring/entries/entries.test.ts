import { describe, expect, it } from 'vitest';
import type { Row } from '../../../api/infotable';
import { pageSize, readOlder, sought, type Ask, type Entry } from './entries';

const { signal } = new AbortController();

/** A source whose rows stand at these times, many at one time. */
const source = (times: readonly number[]): readonly Row[] => times.map((timestamp, index) => ({ timestamp, content: `${String(timestamp)}/${String(index)}` }));

const asking = (sources: Readonly<Record<string, readonly Row[]>>): Ask => (name, until, maxItems) =>
  Promise.resolve((sources[name] ?? []).filter(row => until === undefined || (row['timestamp'] as number) <= until).slice(0, maxItems));

async function readAll(names: readonly string[], ask: Ask): Promise<Entry[]> {
  const known: Entry[] = [];
  for (let pages = 0; pages < 20; pages += 1) {
    const { entries, isEnd } = await readOlder(names, known, ask, signal);
    known.push(...entries);
    if (isEnd) return known;
  }
  throw new Error('There is no end.');
}

describe('entries of several sources', () => {
  it('come page by page, each once, newest first', async () => {
    const sources = { a: source(Array.from({ length: 450 }, (_, index) => 10_000 - index * 3)), b: source(Array.from({ length: 333 }, (_, index) => 9_999 - index * 5)) };
    const all = await readAll(['a', 'b'], asking(sources));
    expect(all).toHaveLength(783);
    expect(new Set(all.map(one => `${one.source} ${String(one.row['content'])}`)).size).toBe(783);
    expect(all.map(one => one.time)).toEqual(all.map(one => one.time).sort((a, b) => b - a));
  });

  it('are complete where a page ends among many of one millisecond', async () => {
    const sources = { a: source([...Array<number>(pageSize - 5).fill(9), ...Array<number>(300).fill(7), 3]), b: source([8, ...Array<number>(40).fill(7)]) };
    const all = await readAll(['a', 'b'], asking(sources));
    expect(new Set(all.map(one => `${one.source} ${String(one.row['content'])}`)).size).toBe(pageSize - 5 + 301 + 41);
    expect(all).toHaveLength(pageSize - 5 + 301 + 41);
  });

  it('say when there are no more', async () => expect(await readOlder(['a'], [], asking({ a: source([2, 1]) }), signal)).toMatchObject({ isEnd: true, entries: [{ time: 2 }, { time: 1 }] }));
});

describe('texts', () => {
  it('are sought anywhere and without regard to case', () => {
    expect(sought('pump')('The PUMP stands')).toBe(true);
    expect(sought('p?mp*stands')('The PUMP stands')).toBe(true);
    expect(sought('a.b')('axb')).toBe(false);
    expect(sought('')('')).toBe(true);
  });
});
