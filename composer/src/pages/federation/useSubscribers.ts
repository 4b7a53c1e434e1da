import { useQueries, useQuery } from '@tanstack/react-query';
import { readConfigurationTable } from '../../api/configuration';
import { flag, text, type Row } from '../../api/infotable';
import { call } from '../../api/services';
import { keys } from '../../app/queries';
import { linkKeys } from '../../parts/links/useLinks';

const federation = 'Subsystems/FederationSubsystem';
const most = 10_000;

/** A server that this one publishes to, and the user that it publishes as. */
export interface Subscriber { readonly name: string; readonly user: string; readonly isEnabled: boolean }

/** The rows of subscribers. */
export const useSubscribers = () => useQuery({
  queryKey: [...linkKeys, 'subscribers'],
  queryFn: async ({ signal }): Promise<Subscriber[]> => (await readConfigurationTable('Subsystems', 'FederationSubsystem', 'FederationSubscribers', signal)).rows
    .map(row => ({ name: text(row, 'name'), user: text(row, 'publishAsUser'), isEnabled: flag(row, 'enabled') })),
});

/** All published Things. */
export const usePublished = () => useQuery({
  queryKey: [...keys.list('Things'), 'published'], queryFn: async ({ signal }) => (await call(federation, 'GetAllPublishedThings', { maxItems: most }, signal)).rows,
});

/** Of each subscriber the names of the Things that it has a proxy for. */
export function useAskedFor(subscribers: readonly string[], standing: string): ReadonlyMap<string, ReadonlySet<string>> {
  const found = useQueries({
    queries: subscribers.map(name => ({
      queryKey: [...linkKeys, 'asked', name, standing], refetchInterval: 10_000,
      queryFn: async ({ signal }: { signal: AbortSignal }) => new Set((await call(federation, 'GetActiveSubscriptions', { subscriberName: name, maxItems: most }, signal)).rows.map(row => text(row, 'name'))),
    })),
  });
  return new Map(subscribers.map((name, index) => [name, found[index]?.data ?? new Set<string>()]));
}

/** What is seen by those that are published to as a user, by the names of Things. */
export function usePreviews(users: readonly string[]): { readonly byUser: ReadonlyMap<string, ReadonlyMap<string, Row>>; readonly error: unknown; readonly isPending: boolean } {
  const found = useQueries({
    queries: users.map(user => ({
      queryKey: ['publicationPreview', user], staleTime: 5_000, retry: false,
      queryFn: ({ signal }: { signal: AbortSignal }) => call(federation, 'PreviewPublication', { publishAsUser: user }, signal),
    })),
  });
  return {
    byUser: new Map(users.map((user, index) => [user, new Map((found[index]?.data?.rows ?? []).map(row => [text(row, 'name'), row]))])),
    error: found.find(one => one.error)?.error, isPending: found.some(one => one.isPending),
  };
}
