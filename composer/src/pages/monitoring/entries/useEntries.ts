import { useCallback, useEffect, useRef, useState } from 'react';
import type { Row } from '../../../api/infotable';
import { entryOf, fingerprint, readOlder, type Ask, type Entry } from './entries';

/** More are let go at the old end; they can be read again. */
const mostKept = 20_000;
/** While held, more than so many are not kept: they are read anew. */
const mostWaiting = 5_000;
/** How long a new entry is tinted, ms. */
const tinted = 1_200;

interface State {
  readonly entries: readonly Entry[];
  readonly isOpen: boolean;
  readonly isEnd: boolean;
  readonly error: unknown;
}

const nothing: State = { entries: [], isOpen: false, isEnd: false, error: undefined };

interface Options {
  sources: readonly string[];
  ask: Ask;
  /** Names what is asked; another one begins anew. */
  question: string;
  /** What comes is counted, not shown, while the person looks elsewhere. */
  isHeld?: boolean;
}

/** Entries, newest first: a page at a time towards the past, and what comes on top. */
export function useEntries({ sources, ask, question, isHeld = false }: Options) {
  const [state, setState] = useState(nothing);
  const [round, setRound] = useState(0);
  const [waiting, setWaiting] = useState<readonly Entry[]>([]);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const known = useRef<readonly Entry[]>([]);
  // What came live while the first page was read, and what the first page said: neither shows twice.
  const early = useRef<Entry[] | undefined>([]);
  const first = useRef<ReadonlySet<string>>(new Set());
  const reading = useRef<AbortController>(undefined);
  known.current = state.entries;

  const read = useCallback(async () => {
    if (reading.current) return;
    const controller = new AbortController();
    reading.current = controller;
    try {
      const { entries, isEnd } = await readOlder(sources, known.current, ask, controller.signal);
      if (controller.signal.aborted) return;
      const came = early.current ?? [];
      if (early.current) first.current = new Set(entries.map(fingerprint));
      early.current = undefined;
      setState(last => ({ entries: [...came.filter(entry => !first.current.has(fingerprint(entry))), ...last.entries, ...entries], isOpen: true, isEnd, error: undefined }));
    } catch (error) {
      if (!controller.signal.aborted) setState(last => ({ ...last, isOpen: true, isEnd: true, error }));
    } finally {
      if (reading.current === controller) reading.current = undefined;
    }
    // The question stands for sources and ask.
  }, [question, round]);

  useEffect(() => {
    early.current = [];
    first.current = new Set();
    known.current = [];
    setState(nothing);
    setWaiting([]);
    void read();
    return () => {
      reading.current?.abort();
      reading.current = undefined;
    };
  }, [read]);
  useEffect(() => {
    if (fresh.size === 0) return undefined;
    const timer = setTimeout(() => setFresh(new Set()), tinted);
    return () => clearTimeout(timer);
  }, [fresh]);

  const show = (came: readonly Entry[]) => {
    setFresh(new Set(came.map(entry => entry.key)));
    setState(last => {
      const entries = [...came, ...last.entries];
      return entries.length > mostKept ? { ...last, entries: entries.slice(0, mostKept), isEnd: false } : { ...last, entries };
    });
  };
  const refresh = () => setRound(last => last + 1);
  return {
    ...state, fresh, waiting: waiting.length,
    refresh,
    /** Reads a page of older ones. */
    readMore: () => { if (state.isOpen && !state.isEnd) void read(); },
    /** Takes rows that came live, the oldest first. */
    add: (source: string, rows: readonly Row[]) => {
      const came = rows.map(row => entryOf(source, row)).reverse();
      if (early.current) early.current.unshift(...came);
      else {
        const unknown = came.filter(entry => !first.current.has(fingerprint(entry)));
        if (unknown.length === 0) return;
        if (isHeld) setWaiting(last => [...unknown, ...last]);
        else show(unknown);
      }
    },
    /** Shows what waited. */
    release: () => {
      if (waiting.length > mostWaiting) refresh();
      else show(waiting);
      setWaiting([]);
    },
  };
}
