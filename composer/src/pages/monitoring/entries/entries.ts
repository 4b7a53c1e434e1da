import { text, time, type Row } from '../../../api/infotable';

/** A line with a time, of one of a few sources: a log, the audit. */
export interface Entry {
  /** Tells it from all others that show. */
  readonly key: string;
  readonly source: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly row: Row;
}

/** Asks a source for rows up to a time, that time included, the newest first. */
export type Ask = (source: string, until: number | undefined, maxItems: number, signal: AbortSignal) => Promise<readonly Row[]>;

/** So many entries are read at once. */
export const pageSize = 200;

let numbers = 0;

/** An entry of a row. */
export const entryOf = (source: string, row: Row): Entry => ({ key: String((numbers += 1)), source, time: time(row, 'timestamp') ?? 0, row });

/**
 * Reads the entries that come before those at hand, newest first, of all sources merged.
 * Entries have no number: of those at the very time where the ones at hand end, as many are passed over as are at hand.
 */
export async function readOlder(sources: readonly string[], known: readonly Entry[], ask: Ask, signal: AbortSignal): Promise<{ entries: Entry[]; isEnd: boolean }> {
  const until = known.at(-1)?.time;
  const answers = await Promise.all(sources.map(async source => {
    const had = until === undefined ? 0 : known.filter(entry => entry.source === source && entry.time === until).length;
    const rows = await ask(source, until, pageSize + had, signal);
    return { isAll: rows.length < pageSize + had, entries: rows.slice(had).map(row => entryOf(source, row)) };
  }));
  // Sorting is stable: what one source says of one time keeps its order.
  const all = answers.flatMap(answer => answer.entries).sort((a, b) => b.time - a.time);
  return { entries: all.slice(0, pageSize), isEnd: all.length <= pageSize && answers.every(answer => answer.isAll) };
}

/** What an entry says, to tell whether it came twice: by the page and by the live topic. */
export const fingerprint = ({ source, time: at, row }: Entry): string => [source, at, text(row, 'origin'), text(row, 'thread'), text(row, 'content')].join('\n');

/** How texts are sought: anywhere, `*` and `?` stand for others, case does not count. */
export function sought(pattern: string): (value: string) => boolean {
  if (pattern === '') return () => true;
  const expression = new RegExp(pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[\\s\\S]*').replaceAll('?', '[\\s\\S]'), 'i');
  return value => expression.test(value);
}
