import { createContext, useContext } from 'react';
import type { LinkChange } from '../../../parts/links/links';

/** What all servers and links of the map need. */
export interface MapWorld {
  /** The name of this server. */
  readonly here: string;
  readonly hereVersion: string;
  readonly changes: readonly LinkChange[];
  readonly shown: string | undefined;
  readonly onShow: (key: string) => void;
}

const MapContext = createContext<MapWorld | undefined>(undefined);

export const MapProvider = MapContext.Provider;

/** @throws Error outside of a map. */
export function useMap(): MapWorld {
  const world = useContext(MapContext);
  if (!world) throw new Error('There is no map.');
  return world;
}
