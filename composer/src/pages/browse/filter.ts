import { formatTags } from '../../api/infotable';
import type { EntityRow } from '../../api/entities';

/** What a list is narrowed by; it stands in the address under the same names. Empty means any. */
export interface ListFilter {
  /** Words that name, description, tags, template or project hold; `*` and `?` make a word a pattern of the name. */
  readonly q: string;
  readonly template: string;
  readonly project: string;
  readonly tag: string;
  /** `users` or `platform`. */
  readonly made: string;
}

/** Facets, in the order of the chips. */
export const facets = ['template', 'project', 'tag', 'made'] as const;

/** One of them. */
export type Facet = (typeof facets)[number];

/** Reads the filter of an address. */
export const readFilter = (address: URLSearchParams): ListFilter => ({
  q: address.get('q') ?? '', template: address.get('template') ?? '', project: address.get('project') ?? '', tag: address.get('tag') ?? '', made: address.get('made') ?? '',
});

/** The rows that match. */
export function filterRows(rows: readonly EntityRow[], filter: ListFilter): EntityRow[] {
  const words = filter.q.toLowerCase().split(/\s+/).filter(Boolean).map(matcher);
  return rows.filter(row =>
    words.every(matches => matches(row))
    && (filter.template === '' || row.parent === filter.template)
    && (filter.project === '' || row.project === filter.project)
    && (filter.tag === '' || valuesOf(row, 'tag').includes(filter.tag))
    && (filter.made === '' || (filter.made === 'platform') === row.isSystem));
}

/** The values that rows have for a facet, sorted; what has none is left out. */
export const facetValues = (rows: readonly EntityRow[], facet: Facet): string[] =>
  [...new Set(rows.flatMap(row => valuesOf(row, facet)))].filter(Boolean).sort((a, b) => a.localeCompare(b));

function valuesOf(row: EntityRow, facet: Facet): string[] {
  switch (facet) {
    case 'template': return [row.parent];
    case 'project': return [row.project];
    case 'tag': return row.tags.map(tag => formatTags([tag]));
    case 'made': return [row.isSystem ? 'platform' : 'users'];
  }
}

function matcher(word: string): (row: EntityRow) => boolean {
  if (/[*?]/.test(word)) {
    const pattern = new RegExp(`^${word.replace(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`);
    return row => pattern.test(row.name.toLowerCase());
  }
  return row => [row.name, row.description, row.parent, row.project, formatTags(row.tags)].some(text => text.toLowerCase().includes(word));
}
