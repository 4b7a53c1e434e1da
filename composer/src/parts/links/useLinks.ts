import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { create } from 'zustand';
import { useLive } from '../../api/live';
import { call } from '../../api/services';
import { keys } from '../../app/queries';
import { readBoundThings, readLinkChanges, readLinks, type BoundThing, type Link } from './links';

const entity = 'Subsystems/FederationSubsystem';

/** Queries about the links begin with it. */
export const linkKeys = [...keys.entity('Subsystems', 'FederationSubsystem'), 'links'] as const;

/** How all links of this server stand; undefined until the server has said it. `refusal` is why it does not. */
export const useLinks = create<{ readonly links: readonly Link[] | undefined; readonly refusal: string | undefined }>()(() => ({ links: undefined, refusal: undefined }));

/** Watches the links; stands once in the frame. */
export function useLinkWatch(): void {
  useLive(
    { topic: 'result', entity, service: 'GetLinks', every: 250 },
    event => useLinks.setState({ links: readLinks(event?.rows ?? []), refusal: undefined }),
    refusal => useLinks.setState({ links: undefined, refusal }),
  );
  useEffect(() => () => useLinks.setState({ links: undefined, refusal: undefined }), []);
}

/** The last changes of all links since the server's start, newest first; fetched anew with each change. */
export function useLinkChanges() {
  const standing = useLinks(state => state.links?.map(link => `${link.key} ${link.state} ${link.since}`).join());
  return useQuery({
    queryKey: [...linkKeys, 'changes', standing], enabled: standing !== undefined, placeholderData: keepPreviousData, staleTime: Infinity,
    queryFn: async ({ signal }) => readLinkChanges((await call(entity, 'GetLinkChanges', { maxItems: 5_000 }, signal)).rows),
  });
}

const none: readonly BoundThing[] = [];

/**
 * The Things here that stand for Things of other servers, and how they stand.
 * @param thing only this one.
 * @param isWanted nothing is watched without it.
 * @returns undefined until the server has said it; none where it refuses to.
 */
export function useBoundThings({ thing, isWanted = true }: { thing?: string; isWanted?: boolean } = {}): readonly BoundThing[] | undefined {
  const [found, setFound] = useState<readonly BoundThing[] | undefined>();
  useLive(
    isWanted ? { topic: 'result', entity, service: 'GetBoundThings', arguments: thing === undefined ? { maxItems: 10_000 } : { thingName: thing }, every: thing === undefined ? 1_000 : 250 } : undefined,
    event => setFound(readBoundThings(event?.rows ?? [])),
    () => setFound(none),
  );
  return isWanted ? found : none;
}
