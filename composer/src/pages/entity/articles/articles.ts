import type { EntityDocument } from '../../../api/entities';
import { flag, formatTags, number, resultOf, tags, text, time, type InfoTable, type Row } from '../../../api/infotable';
import { invoke, type Arguments } from '../../../api/services';

/** A page of a wiki or an entry of a blog. */
export interface Article {
  readonly id: string;
  /** The page above; empty at the top, and of blog entries. */
  readonly parent: string;
  readonly title: string;
  readonly content: string;
  /** Who wrote it. */
  readonly source: string;
  /** `Area:North`. */
  readonly tags: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly comments: number;
  readonly rating: number;
  readonly votes: number;
  readonly isSticky: boolean;
}

/** A comment on an article, or an answer to another comment. */
export interface Comment { readonly id: string; readonly parent: string; readonly content: string; readonly source: string; readonly time: number; readonly rating: number; readonly votes: number }

/** What an article was after a change. */
export interface Revision { readonly id: string; readonly type: string; readonly content: string; readonly source: string; readonly time: number }

/** What a person can write of an article. */
export interface Writing { readonly title: string; readonly content: string; readonly tags: string; readonly parent: string }

/** How blog entries are ordered. */
export const orders = ['Newest', 'HighestRated', 'MostActive'] as const;

const mostListed = 5_000;

/** The services of wikis and blogs under one face: they differ in their names only. */
export function articlesOf(entity: EntityDocument, kind: 'wiki' | 'blog') {
  const isWiki = kind === 'wiki';
  const page = isWiki ? 'WikiPage' : 'BlogEntry';
  const id = isWiki ? 'wikiPageId' : 'blogEntryId';
  const commentId = isWiki ? 'wikiCommentId' : 'blogCommentId';
  const ask = (service: string, args: Arguments, signal?: AbortSignal): Promise<InfoTable> => invoke('Things', entity.name, service, args, signal);
  const parentArgument = (parent: string): Arguments => (isWiki ? { parentWikiPageId: parent } : {});
  return {
    kind, entity, thing: entity.name,
    /** What each way of writing is called, to ask for the right to it. */
    writers: { add: `Add${page}`, change: `Update${page}`, remove: `Delete${page}`, comment: 'AddComment', removeComment: 'DeleteComment', rate: 'RateContent', stick: 'SetStickyStatus' },
    /** What the list shows, and how to watch it. */
    list: (order: string): { service: string; arguments: Arguments } => (isWiki ? { service: 'GetWikiPageTitles', arguments: { maxItems: mostListed } } : { service: 'GetBlogEntries', arguments: { maxItems: mostListed, sortOrder: order } }),
    search: async (words: string, signal?: AbortSignal): Promise<Article[]> =>
      (await ask(isWiki ? 'SearchWikiPages' : 'SearchBlogEntries', { searchExpression: words, maxItems: mostListed, ...(isWiki ? { withContent: false } : {}) }, signal)).rows.map(readArticle),
    read: async (article: string, signal?: AbortSignal): Promise<Article | undefined> => {
      const [row] = (await ask(`Get${page}`, { [id]: article }, signal)).rows;
      return row && readArticle(row);
    },
    add: async ({ title, content, tags: marks, parent }: Writing, source: string): Promise<string> =>
      String(resultOf(await ask(`Add${page}`, { title, content, tags: marks || undefined, source, sourceType: 'User', ...parentArgument(parent) })) ?? ''),
    change: (article: string, { title, content, tags: marks, parent }: Writing) => ask(`Update${page}`, { [id]: article, title, content, tags: marks, ...parentArgument(parent) }),
    remove: (article: string) => ask(`Delete${page}`, { [id]: article }),
    comments: async (article: string, signal?: AbortSignal): Promise<Comment[]> => (await ask('GetComments', { [id]: article }, signal)).rows.map(readComment),
    addComment: (article: string, answered: string, content: string, source: string) =>
      ask('AddComment', { [id]: article, [commentId]: answered || undefined, content, source, sourceType: 'User' }),
    removeComment: (comment: string) => ask('DeleteComment', { [commentId]: comment }),
    rate: (entry: string, rating: number) => ask('RateContent', { entryId: entry, rating }),
    stick: (article: string, isSticky: boolean) => ask('SetStickyStatus', { blogEntryId: article, isSticky }),
    /** Only wikis keep what pages were. */
    history: isWiki
      ? async (article: string, signal?: AbortSignal): Promise<Revision[]> => (await ask('GetWikiPageHistory', { wikiPageId: article }, signal)).rows.map(row => ({ id: text(row, 'id'), type: text(row, 'type'), content: text(row, 'content'), source: text(row, 'source'), time: time(row, 'timestamp') ?? 0 }))
      : undefined,
  };
}

/** A wiki or blog as pages use it. */
export type Articles = ReturnType<typeof articlesOf>;

/** Reads a row of any of the lists. */
export const readArticle = (row: Row): Article => ({
  id: text(row, 'id'), parent: text(row, 'parentId'), title: text(row, 'title'), content: text(row, 'content'), source: text(row, 'source'), tags: formatTags(tags(row, 'tags')), time: time(row, 'timestamp') ?? 0,
  comments: number(row, 'count') ?? 0, rating: number(row, 'ratingAverage') ?? 0, votes: number(row, 'ratingCount') ?? 0, isSticky: flag(row, 'isSticky'),
});

const readComment = (row: Row): Comment => ({
  id: text(row, 'id'), parent: text(row, 'parentId'), content: text(row, 'content'), source: text(row, 'source'), time: time(row, 'timestamp') ?? 0, rating: number(row, 'ratingAverage') ?? 0, votes: number(row, 'ratingCount') ?? 0,
});

/** An item of a tree, with what is below it. */
export interface Branch<T> { readonly item: T; readonly below: readonly Branch<T>[] }

/** Items as a tree; what names a parent that is not there stands at the top. */
export function treeOf<T extends { readonly id: string; readonly parent: string }>(items: readonly T[]): Branch<T>[] {
  const ids = new Set(items.map(item => item.id));
  const byParent = new Map<string, T[]>();
  for (const item of items) {
    const parent = ids.has(item.parent) ? item.parent : '';
    byParent.set(parent, [...(byParent.get(parent) ?? []), item]);
  }
  const under = (parent: string): Branch<T>[] => (byParent.get(parent) ?? []).map(item => ({ item, below: under(item.id) }));
  return under('');
}

/** An item and all below it. */
export const withBelow = <T extends { readonly id: string; readonly parent: string }>(items: readonly T[], id: string): Set<string> => {
  const found = new Set([id]);
  for (let grown = -1; grown !== found.size;) {
    grown = found.size;
    for (const item of items) if (found.has(item.parent)) found.add(item.id);
  }
  return found;
};
