import type { FieldDefinition, Row } from '../../../api/infotable';

/** What is asked of a source of rows. */
export interface Ask {
  readonly size: number;
  /** Goes on where an earlier page of the same ask ended. */
  readonly cursor?: string | undefined;
  /** Rows from this time on, and up to this time; milliseconds since 1970, both included. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly oldestFirst?: boolean;
}

/** A page of rows, in the order that was asked for. */
export interface Page {
  readonly fields: readonly FieldDefinition[];
  readonly rows: readonly Row[];
  /** For the next page; undefined on the last one. */
  readonly cursor: string | undefined;
}

/** Where the rows of a window come from. */
export interface WindowSource {
  readonly load: (ask: Ask, signal: AbortSignal) => Promise<Page>;
  readonly keyOf: (row: Row) => string;
  /** The time of a row; undefined where rows have no order by time, and then nobody can jump. */
  readonly timeOf: ((row: Row) => number) | undefined;
  /** How many rows there are in all; undefined where nobody knows, and then nobody can jump. */
  readonly count: number | undefined;
}

/** What shows: some rows in a row, and their place among all. */
export interface WindowState {
  readonly fields: readonly FieldDefinition[];
  readonly rows: readonly Row[];
  /** The place of the first of these rows; near the middle of many rows it is told by time and so only about right. */
  readonly first: number;
  /** So many places there are to scroll over. */
  readonly total: number;
  readonly isAtNewest: boolean;
  readonly isAtOldest: boolean;
  readonly isLoading: boolean;
  /** Whether anything has been loaded yet. */
  readonly isOpen: boolean;
  readonly error: unknown;
}

export const pageSize = 500;
/** More rows than this are let go at the far side. */
const mostKept = 5_000;
/** So many rows before the edge the next page is fetched. */
const lead = 200;
/** Browsers draw no element beyond some 33 million pixels. */
export const mostPlaces = 1_000_000;

/**
 * A window over very many rows, newest first. It holds some that follow one another and fetches what is scrolled to: page by page
 * beside what it has, by time far away from it. The newest and the oldest rows always stand at the very ends.
 */
export class RowWindow {
  state: WindowState = { fields: [], rows: [], first: 0, total: 0, isAtNewest: true, isAtOldest: false, isLoading: false, isOpen: false, error: undefined };
  /** Places have been counted anew: what shows is now so many places further down. */
  onShift: (by: number) => void = () => undefined;

  private readonly listeners = new Set<() => void>();
  private readonly controller = new AbortController();
  private readonly places: number | undefined;
  private wanted: readonly [from: number, to: number] = [0, pageSize / 2];
  private older: Ask | undefined;
  private newer: Ask | undefined;
  private newest: number | undefined;
  private oldest: number | undefined;

  constructor(private readonly source: WindowSource, private readonly range: Pick<Ask, 'from' | 'to'> = {}) {
    this.places = source.count === undefined || !source.timeOf ? undefined : Math.min(source.count, mostPlaces);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly getState = (): WindowState => this.state;

  /** Fetches the first rows: the newest, or those of a time. */
  async open(at?: number): Promise<void> {
    await this.run(async signal => {
      const page = await this.source.load({ size: pageSize, ...this.range }, signal);
      this.newest = page.rows[0] && this.source.timeOf?.(page.rows[0]);
      if (this.places !== undefined && this.places > page.rows.length) {
        const [last] = (await this.source.load({ size: 1, oldestFirst: true, ...this.range }, signal)).rows;
        this.oldest = last && this.source.timeOf?.(last);
      }
      this.put(page, { first: 0, isAtNewest: true });
      if (at !== undefined && this.newest !== undefined && this.oldest !== undefined && at < this.newest && this.places !== undefined) {
        const first = Math.round(((this.newest - at) / (this.newest - this.oldest || 1)) * this.places);
        await this.jumpTo(first, at, signal);
        this.onShift(this.state.first);
      }
    });
  }

  /** These places are looked at now. */
  show(from: number, to: number): void {
    this.wanted = [from, to];
    void this.follow();
  }

  /** Rows that have just come; they go on top, where the window stands there. */
  prepend(rows: readonly Row[]): void {
    if (!this.state.isAtNewest) return;
    const known = this.keys();
    const top = this.state.rows[0];
    const since = top === undefined ? undefined : this.source.timeOf?.(top);
    // An entry of an earlier time has its place further down.
    const fresh = rows.filter(row => !known.has(this.source.keyOf(row)) && (since === undefined || (this.source.timeOf?.(row) ?? since) >= since));
    if (fresh.length > 0) this.set({ rows: [...fresh, ...this.state.rows], total: this.state.total + fresh.length });
  }

  /** A row has been changed or is gone (undefined). */
  replace(key: string, row: Row | undefined): void {
    const rows = this.state.rows.flatMap(one => (this.source.keyOf(one) !== key ? [one] : row === undefined ? [] : [row]));
    this.set({ rows, total: this.state.total - (this.state.rows.length - rows.length) });
  }

  close(): void {
    this.controller.abort();
    this.listeners.clear();
  }

  private async follow(): Promise<void> {
    const next = this.state.isLoading || !this.state.isOpen || this.state.error !== undefined ? undefined : this.next();
    if (!next) return;
    await this.run(next);
    await this.follow();
  }

  // What is to be fetched for the places that are looked at.
  private next(): ((signal: AbortSignal) => Promise<void>) | undefined {
    const { first, rows, isAtNewest, isAtOldest } = this.state;
    const [from, to] = this.wanted;
    const end = first + rows.length;
    if (this.places !== undefined && (to < first - lead || from > end + lead)) {
      if (from < pageSize / 2) return signal => this.toNewest(signal);
      if (to > this.places - pageSize / 2) return signal => this.toOldest(signal);
      const share = from / this.places;
      return signal => this.jumpTo(Math.max(0, from - lead / 2), this.timeAt(share), signal);
    }
    if (to + lead > end && !isAtOldest) return signal => this.loadOlder(signal);
    return from - lead < first && !isAtNewest ? signal => this.loadNewer(signal) : undefined;
  }

  private async toNewest(signal: AbortSignal): Promise<void> {
    this.put(await this.source.load({ size: pageSize, ...this.range }, signal), { first: 0, isAtNewest: true });
  }

  private async toOldest(signal: AbortSignal): Promise<void> {
    const ask: Ask = { size: pageSize, oldestFirst: true, ...this.range };
    const page = await this.source.load(ask, signal);
    this.newer = page.cursor === undefined ? undefined : { ...ask, cursor: page.cursor };
    this.older = undefined;
    const places = this.places ?? page.rows.length;
    this.set({ fields: page.fields, rows: page.rows.toReversed(), first: places - page.rows.length, isAtNewest: page.cursor === undefined, isAtOldest: true });
  }

  private async jumpTo(first: number, time: number, signal: AbortSignal): Promise<void> {
    const page = await this.source.load({ size: pageSize, ...this.range, to: time }, signal);
    const places = this.places ?? 0;
    if (page.rows.length === 0) return this.toOldest(signal);
    this.put(page, { first: Math.max(0, Math.min(first, places - page.rows.length)), isAtNewest: false }, time);
  }

  private async loadOlder(signal: AbortSignal): Promise<void> {
    const { rows, first } = this.state;
    const last = rows.at(-1);
    const ask = this.older ?? { size: pageSize, ...this.range, to: last && this.source.timeOf?.(last) };
    const page = await this.source.load(ask, signal);
    const known = this.keys();
    const all = [...rows, ...page.rows.filter(row => !known.has(this.source.keyOf(row)))];
    this.older = page.cursor === undefined ? undefined : { ...ask, cursor: page.cursor };
    const isAtOldest = page.cursor === undefined;
    const dropped = Math.max(0, this.source.timeOf && this.places !== undefined ? all.length - mostKept : 0);
    if (dropped > 0) this.newer = undefined;
    this.set({ rows: all.slice(dropped), first: first + dropped, isAtOldest, isAtNewest: this.state.isAtNewest && dropped === 0 });
    this.settle();
  }

  private async loadNewer(signal: AbortSignal): Promise<void> {
    const { rows, first } = this.state;
    const top = rows[0];
    const ask: Ask = this.newer ?? { size: pageSize, oldestFirst: true, ...this.range, from: top && this.source.timeOf?.(top) };
    const page = await this.source.load(ask, signal);
    const known = this.keys();
    const more = page.rows.filter(row => !known.has(this.source.keyOf(row))).toReversed();
    this.newer = page.cursor === undefined ? undefined : { ...ask, cursor: page.cursor };
    const all = [...more, ...rows];
    const isCut = all.length > mostKept;
    if (isCut) this.older = undefined;
    this.set({ rows: all.slice(0, mostKept), first: first - more.length, isAtNewest: page.cursor === undefined, isAtOldest: this.state.isAtOldest && !isCut });
    this.settle();
  }

  // The ends are where they are: a place that was told by time gives way.
  private settle(): void {
    const { first, rows, isAtNewest, isAtOldest } = this.state;
    const places = this.places;
    let next = first;
    if (isAtNewest) next = 0;
    else if (isAtOldest && places !== undefined) next = places - rows.length;
    else if (places !== undefined && first < lead) next = Math.min(places - rows.length, pageSize);
    else if (places !== undefined && first + rows.length > places - lead) next = Math.max(0, places - rows.length - pageSize);
    if (next === first) return;
    this.wanted = [this.wanted[0] + next - first, this.wanted[1] + next - first];
    this.set({ first: next });
    this.onShift(next - first);
  }

  private put(page: Page, where: { first: number; isAtNewest: boolean }, to = this.range.to): void {
    this.older = page.cursor === undefined ? undefined : { size: pageSize, ...this.range, to, cursor: page.cursor };
    this.newer = undefined;
    this.set({ fields: page.fields.length > 0 ? page.fields : this.state.fields, rows: page.rows, ...where, isAtOldest: page.cursor === undefined, isOpen: true });
  }

  private timeAt(share: number): number {
    const [newest, oldest] = [this.newest ?? 0, this.oldest ?? 0];
    return Math.round(newest - share * (newest - oldest));
  }

  private keys(): Set<string> {
    return new Set(this.state.rows.map(this.source.keyOf));
  }

  private async run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.set({ isLoading: true, error: undefined });
    try {
      await work(this.controller.signal);
      this.set({ isLoading: false });
    } catch (error) {
      if (!this.controller.signal.aborted) this.set({ isLoading: false, error });
    }
  }

  private set(change: Partial<WindowState>): void {
    const next = { ...this.state, ...change };
    const end = next.first + next.rows.length;
    // Where nobody knows how many there are, a page more than is known can be scrolled to.
    const total = this.places === undefined ? (next.isAtOldest ? end : end + (next.isOpen ? 50 : 0)) : Math.max(end, next.isAtNewest && next.isAtOldest ? end : this.places);
    this.state = { ...next, total };
    this.listeners.forEach(listener => listener());
  }
}
