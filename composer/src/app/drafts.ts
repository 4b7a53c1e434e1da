import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { Json } from '../api/infotable';
import { edit, without, type Draft, type Fields } from './draft';

interface Drafts {
  /** By document key. */
  readonly byDocument: Readonly<Record<string, Draft>>;
  readonly edit: (document: string, saved: Fields, field: string, value: Json) => void;
  readonly replace: (document: string, draft: Draft | undefined) => void;
  readonly discard: (document: string, fields?: readonly string[]) => void;
}

/**
 * What is edited and not saved, of all documents. It survives a reload in this browser tab, and so never holds a secret:
 * passwords and keys stay in their components' own state.
 */
export const useDrafts = create<Drafts>()(persist(
  set => ({
    byDocument: {},
    edit: (document, saved, field, value) => set(state => put(state, document, edit(state.byDocument[document], saved, field, value))),
    replace: (document, draft) => set(state => put(state, document, draft)),
    discard: (document, fields) => set(state => put(state, document, fields ? without(state.byDocument[document], fields) : undefined)),
  }),
  { name: 'hansa.composer.drafts', storage: createJSONStorage(() => sessionStorage) },
));

/** The documents that have something unsaved. */
export const useDirtyDocuments = (): readonly string[] => Object.keys(useDrafts(state => state.byDocument));

function put(state: Drafts, document: string, draft: Draft | undefined): Pick<Drafts, 'byDocument'> {
  const { [document]: _, ...rest } = state.byDocument;
  return { byDocument: draft ? { ...rest, [document]: draft } : rest };
}
