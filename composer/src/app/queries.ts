import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/client';

/** Answers stay fresh until a live event or an edit says otherwise; a refusal is not asked again. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: true,
      retry: (failures, error) => failures < 2 && error instanceof ApiError && (error.status === 0 || error.status === 503),
    },
  },
});

/** Keys of queries that more than one page reads. */
export const keys = {
  session: ['session'] as const,
  entity: (collection: string, name: string) => ['entity', collection, name] as const,
  list: (kind: string) => ['list', kind] as const,
  lists: ['list'] as const,
  search: (expression: string) => ['search', expression] as const,
};
