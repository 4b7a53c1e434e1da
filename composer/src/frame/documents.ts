import { matchRoutes } from 'react-router';
import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { kindById, pages, type DocumentMark, type Page } from '../registry';

/** An open document: its key, and the last address that it showed. */
export interface OpenDocument {
  readonly key: string;
  readonly address: string;
  /** The narrowest kind of an entity, once it is known; it gives the icon. */
  readonly kind?: string;
}

interface Documents {
  readonly open: readonly OpenDocument[];
  /** What was opened, newest first; the Recent page and pickers read it. */
  readonly recent: readonly { readonly key: string; readonly time: number }[];
  readonly visit: (key: string, address: string, time: number) => void;
  readonly close: (key: string) => void;
  /** Moves a document to another place in the row. */
  readonly move: (key: string, to: number) => void;
  readonly setKind: (key: string, kind: string) => void;
  readonly forget: () => void;
}

const mostRecent = 100;

/** The documents of this browser tab. */
export const useDocuments = create<Documents>()(persist(
  set => ({
    open: [],
    recent: [],
    visit: (key, address, time) => set(({ open, recent }) => ({
      open: open.some(one => one.key === key) ? open.map(one => (one.key === key ? { ...one, address } : one)) : [...open, { key, address }],
      recent: [{ key, time }, ...recent.filter(one => one.key !== key)].slice(0, mostRecent),
    })),
    close: key => set(({ open }) => ({ open: open.filter(one => one.key !== key) })),
    move: (key, to) => set(({ open }) => {
      const moved = open.find(one => one.key === key);
      const rest = open.filter(one => one.key !== key);
      return moved ? { open: [...rest.slice(0, Math.max(0, to)), moved, ...rest.slice(Math.max(0, to))] } : {};
    }),
    setKind: (key, kind) => set(({ open }) => (open.some(one => one.key === key && one.kind !== kind) ? { open: open.map(one => (one.key === key ? { ...one, kind } : one)) } : {})),
    forget: () => set({ open: [], recent: [] }),
  }),
  { name: 'hansa.composer.documents', storage: createJSONStorage(() => sessionStorage) },
));

const routes = pages.map(page => ({ path: page.route, page }));

/** The page that an address shows, and its document; a page without documents has none. */
export function pageOf(address: string): { page: Page; document: DocumentMark | null } | undefined {
  const match = matchRoutes(routes, address.split(/[?#]/)[0] ?? '')?.at(-1);
  if (!match) return undefined;
  const { page } = match.route;
  return { page, document: page.document ? page.document(match.params) : { key: match.pathname, title: page.title, icon: page.icon } };
}

/** What a tab shows for an open document. */
export function markOfDocument(open: Pick<OpenDocument, 'key' | 'kind'>): DocumentMark | undefined {
  const mark = pageOf(open.key)?.document;
  const kind = open.kind === undefined ? undefined : kindById(open.kind);
  return mark ? { ...mark, icon: kind?.icon ?? mark.icon } : undefined;
}
