import { queryOptions, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { keys } from '../app/queries';
import type { Kind } from '../registry';
import { readEntity, searchEntities, type EntityDocument, type EntityRow } from './entities';

/** Every entity of a kind that the user can see, at most `mostListed`. The tree, the list page and pickers share it. */
export const useKindList = (kind: Kind | undefined, isWanted = true): UseQueryResult<EntityRow[]> => useQuery(kindList(kind, isWanted));

/** The query of a kind's list, for several kinds at once. */
export const kindList = (kind: Kind | undefined, isWanted = true) => queryOptions({
  queryKey: keys.list(kind?.id ?? ''),
  queryFn: ({ signal }) => searchEntities({ types: [kind?.type ?? ''], ...(kind?.templates ? { templates: kind.templates } : {}), withPermissions: true }, signal),
  enabled: kind !== undefined && isWanted,
  staleTime: Infinity,
  refetchOnWindowFocus: false,
  retryOnMount: false,
});

/** One entity's definition; live changes fetch it anew. */
export const useEntity = (collection: string, name: string, isWanted = true): UseQueryResult<EntityDocument> => useQuery({
  queryKey: keys.entity(collection, name),
  queryFn: ({ signal }) => readEntity(collection, name, signal),
  enabled: isWanted,
});
