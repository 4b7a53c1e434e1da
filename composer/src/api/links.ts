import { useState } from 'react';
import { linkStates, readLinkState, type LinkState } from '../parts/State';
import { text, type Row } from './infotable';
import { useLive } from './live';

/** How many links are in a state. */
export interface LinkCount { readonly state: LinkState; readonly count: number }

/** The links of this server as they stand; undefined while the server offers none. */
export function useLinks(): readonly Row[] | undefined {
  const [links, setLinks] = useState<readonly Row[] | undefined>();
  useLive({ topic: 'links' }, event => setLinks(event.links), () => setLinks(undefined));
  return links;
}

/** The links counted by state, in the order of worry; states without links are left out. */
export function useLinkCounts(): LinkCount[] | undefined {
  const links = useLinks();
  return links && linkStates.map(state => ({ state, count: links.filter(link => readLinkState(text(link, 'state')) === state).length })).filter(one => one.count > 0);
}
