import { useQuery } from '@tanstack/react-query';
import { PlayRegular } from '@fluentui/react-icons/svg/play';
import { ServerRegular } from '@fluentui/react-icons/svg/server';
import { useLocation } from 'react-router';
import { readServices } from '../api/definitions';
import { entityKey } from '../app/entityDraft';
import { keys } from '../app/queries';
import { useLinks } from '../parts/links/useLinks';
import { kindById } from '../registry';
import { texts } from '../texts';
import type { PaletteItem } from './paletteItems';

const matches = (name: string, sought: string) => name.toLowerCase().includes(sought.toLowerCase());

/** The servers that this one is linked to, for `@`; each leads to its link. Nothing is given while `sought` is undefined. */
export function useServerItems(sought: string | undefined): { items: PaletteItem[]; isSearching: boolean } {
  const { links, refusal } = useLinks();
  const items = sought === undefined ? [] : (links ?? []).filter(link => matches(link.server, sought)).map((link): PaletteItem => ({
    id: `server-${link.key}`, group: texts.palette.servers, title: link.server, detail: [link.role, link.state.toUpperCase(), link.reason].filter(Boolean).join(' · '), icon: ServerRegular,
    run: ({ navigate }) => void navigate(`/federation?link=${encodeURIComponent(link.key)}`),
  }));
  return { items, isSearching: sought !== undefined && links === undefined && refusal === undefined };
}

/** The services of the entity that shows, for `.`; each opens its Execute dialog. */
export function useServiceItems(sought: string | undefined): { items: PaletteItem[]; isSearching: boolean } {
  const [collection = '', name = ''] = useLocation().pathname.split('/').filter(Boolean).map(decodeURIComponent);
  const kind = kindById(collection);
  const isThere = kind !== undefined && name !== '' && kind.type !== 'ThingTemplate' && kind.type !== 'ThingShape';
  const found = useQuery({
    queryKey: [...keys.entity(kind?.collection ?? '', name), 'services'], queryFn: ({ signal }) => readServices(collection, name, signal), enabled: sought !== undefined && isThere,
  });
  const items = sought === undefined || !isThere ? [] : (found.data ?? []).filter(one => matches(one.name, sought)).map((one): PaletteItem => ({
    id: `service-${one.name}`, group: texts.palette.servicesOf(name), title: one.name, detail: one.description, icon: PlayRegular, run: ({ navigate }) => void navigate(`${entityKey(collection, name)}/services/${encodeURIComponent(one.name)}/run`),
  }));
  return { items, isSearching: found.isFetching };
}
