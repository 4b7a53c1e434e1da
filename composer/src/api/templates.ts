import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { keys } from '../app/queries';
import type { EntityRow } from './entities';
import { readEntity, searchEntities } from './entities';
import { text } from './infotable';

/** Thing Templates, each with the template that it extends; empty for the outermost. */
export type TemplateBases = ReadonlyMap<string, { readonly base: string; readonly row: EntityRow }>;

/** How the templates hang together. Of those that the platform brings only direct use counts, so their documents are not read. */
export const useTemplateBases = (isWanted = true): UseQueryResult<TemplateBases> => useQuery({
  queryKey: [...keys.list('ThingTemplates'), 'bases'],
  queryFn: async ({ signal }) => {
    const templates = await searchEntities({ types: ['ThingTemplate'] }, signal);
    const bases = await Promise.all(templates.map(async row => {
      if (row.isSystem) return [row.name, { base: '', row }] as const;
      const base = await readEntity('ThingTemplates', row.name, signal).then(entity => text(entity.all, 'baseThingTemplate'), () => '');
      return [row.name, { base, row }] as const;
    }));
    return new Map(bases);
  },
  enabled: isWanted,
  staleTime: Infinity,
});

/** A template and what it extends, nearest first. */
export function lineageOf(template: string, bases: TemplateBases | undefined): string[] {
  const line: string[] = [];
  for (let name = template; name !== '' && !line.includes(name); name = bases?.get(name)?.base ?? '') line.push(name);
  return line;
}
