import { create } from 'zustand';
import { useLive, type EntityChange } from '../api/live';
import { kinds } from '../registry';
import { keys, queries } from './queries';

/** The last change of each entity that this page heard of, by `Things/Name`. */
export const useEntityChanges = create<{ readonly last: Readonly<Record<string, EntityChange>> }>()(() => ({ last: {} }));

/** Lists and entities that are shown follow what anybody changes. */
export function useEntityEvents(): void {
  useLive({ topic: 'entities' }, change => {
    useEntityChanges.setState(({ last }) => ({ last: { ...last, [`${change.kind}/${change.name}`]: change } }));
    void queries.invalidateQueries({ queryKey: keys.entity(change.kind, change.name) });
    refreshLists(change.kind);
  });
}

const waiting = new Set<string>();

/** Fetches the lists of a collection anew; many changes at once are one fetch. */
export function refreshLists(collection: string): void {
  if (waiting.size === 0) {
    setTimeout(() => {
      for (const kind of kinds) if (waiting.has(kind.collection)) void queries.invalidateQueries({ queryKey: keys.list(kind.id) });
      waiting.clear();
    }, 250);
  }
  waiting.add(collection);
}
