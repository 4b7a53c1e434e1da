import { create } from 'zustand';
import { useLive, type EntityChange } from '../api/live';
import { kindById } from '../registry';
import { keys, queries } from './queries';

/** The last change of each entity that this page heard of, by `Things/Name`. */
export const useEntityChanges = create<{ readonly last: Readonly<Record<string, EntityChange>> }>()(() => ({ last: {} }));

/** Lists and entities that are shown follow what anybody changes. */
export function useEntityEvents(): void {
  useLive({ topic: 'entities' }, change => {
    useEntityChanges.setState(({ last }) => ({ last: { ...last, [`${change.kind}/${change.name}`]: change } }));
    void queries.invalidateQueries({ queryKey: keys.entity(change.kind, change.name) });
    refreshLists(change.kind);
    // Who is in what decides who may do what: rights may have come or gone anywhere.
    if (decidesRights.includes(change.kind)) void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === keys.lists[0] || queryKey[0] === 'entity' });
  });
}

const decidesRights = ['Users', 'Groups', 'Organizations', 'Collections'];

const waiting = new Set<string>();

/** Changes within so many milliseconds are one fetch. */
const gathering = 500;

/** Fetches anew the lists of a collection, and those that hold several. */
export function refreshLists(collection: string): void {
  if (waiting.size === 0) {
    setTimeout(() => {
      const changed = new Set(waiting);
      waiting.clear();
      void queries.invalidateQueries({
        queryKey: keys.lists,
        predicate: ({ queryKey }) => {
          const kind = kindById(String(queryKey[1]));
          return !kind || changed.has(kind.collection);
        },
      });
    }, gathering);
  }
  waiting.add(collection);
}
