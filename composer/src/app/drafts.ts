import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import type { Json } from '../api/infotable';
import { edit, without, type Draft, type Fields } from './draft';

interface Drafts {
  /** By document key. */
  readonly byDocument: Readonly<Record<string, Draft>>;
  /** What is typed in a panel and not taken over yet, by the panel's address. */
  readonly byPanel: Readonly<Record<string, Fields>>;
  readonly edit: (document: string, saved: Fields, field: string, value: Json) => void;
  readonly replace: (document: string, draft: Draft | undefined) => void;
  readonly keepPanel: (panel: string, fields: Fields | undefined) => void;
  readonly discard: (document: string, fields?: readonly string[]) => void;
}

/**
 * What is edited and not saved, of all documents. It survives a reload in this browser tab, and so never holds a secret:
 * passwords and keys stay in their components' own state.
 */
export const useDrafts = create<Drafts>()(persist(
  set => ({
    byDocument: {},
    byPanel: {},
    edit: (document, saved, field, value) => set(state => put(state, document, edit(state.byDocument[document], saved, field, value))),
    replace: (document, draft) => set(state => put(state, document, draft)),
    keepPanel: (panel, fields) => set(({ byPanel: { [panel]: _, ...others } }) => ({ byPanel: fields ? { ...others, [panel]: fields } : others })),
    discard: (document, fields) => set(state => put(state, document, fields ? without(state.byDocument[document], fields) : undefined)),
  }),
  {
    name: 'hansa.composer.drafts', storage: createJSONStorage(() => sessionStorage),
    // What is made in a panel for a picker ends with the page.
    partialize: ({ byDocument, byPanel }) => ({ byPanel, byDocument: Object.fromEntries(Object.entries(byDocument).filter(([document]) => !document.includes('#'))) }),
  },
));

/** The documents that have something unsaved. */
export const useDirtyDocuments = (): readonly string[] => Object.keys(useDrafts(state => state.byDocument));

function put(state: Drafts, document: string, draft: Draft | undefined): Pick<Drafts, 'byDocument'> {
  const { [document]: _, ...rest } = state.byDocument;
  return { byDocument: draft ? { ...rest, [document]: draft } : rest };
}
