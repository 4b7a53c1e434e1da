import { useQuery } from '@tanstack/react-query';
import { PlayRegular } from '@fluentui/react-icons/svg/play';
import { ServerRegular } from '@fluentui/react-icons/svg/server';
import { useLocation } from 'react-router';
import { readServices } from '../api/definitions';
import { text } from '../api/infotable';
import { invoke } from '../api/services';
import { entityKey } from '../app/entityDraft';
import { keys } from '../app/queries';
import { kindById, pages } from '../registry';
import { texts } from '../texts';
import type { PaletteItem } from './paletteItems';

const matches = (name: string, sought: string) => name.toLowerCase().includes(sought.toLowerCase());

/** The servers that this one is linked to, for `@`; each leads to its link. Nothing is asked while `sought` is undefined. */
export function useServerItems(sought: string | undefined): { items: PaletteItem[]; isSearching: boolean } {
  const found = useQuery({
    queryKey: [...keys.entity('Subsystems', 'FederationSubsystem'), 'servers'],
    queryFn: async ({ signal }) => (await invoke('Subsystems', 'FederationSubsystem', 'GetLinks', {}, signal)).rows, enabled: sought !== undefined, staleTime: 2_000,
  });
  const federation = pages.some(page => page.id === 'federation');
  const items = sought === undefined ? [] : (found.data ?? []).filter(row => matches(text(row, 'server'), sought)).map((row): PaletteItem => {
    const [server, role] = [text(row, 'server'), text(row, 'role')];
    const to = federation ? `/federation?link=${encodeURIComponent(`${role}.${server}`)}` : '/Subsystems/FederationSubsystem/configuration';
    return { id: `server-${role}-${server}`, group: texts.palette.servers, title: server, detail: [role, text(row, 'state'), text(row, 'reason')].filter(Boolean).join(' · '), icon: ServerRegular, run: ({ navigate }) => void navigate(to) };
  });
  return { items, isSearching: found.isFetching };
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
