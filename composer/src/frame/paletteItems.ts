import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { BranchRegular } from '@fluentui/react-icons/svg/branch';
import type { FluentIcon } from '@fluentui/react-icons';
import { useMemo } from 'react';
import { searchEntities, type EntityRow } from '../api/entities';
import { keys } from '../app/queries';
import { useSession } from '../app/session';
import { commandsFor, hasNeed, kindOfRow, kinds, kindTexts, pages, type CommandContext } from '../registry';
import { useSettled } from '../parts/useSettled';
import { texts } from '../texts';
import { markOfDocument, useDocuments } from './documents';
import { useServerItems, useServiceItems } from './paletteFinders';

/** One line of the palette. */
export interface PaletteItem {
  readonly id: string;
  readonly group: string;
  readonly title: string;
  readonly detail?: string;
  readonly keys?: string;
  readonly icon?: FluentIcon;
  readonly run: (context: CommandContext) => void;
}

const mostFound = 30;

/** What the palette offers for a text: `>` commands, `#` tags, `@` servers, `.` services of what shows, anything else entities, pages and commands. */
export function usePaletteItems(text: string): { items: PaletteItem[]; isSearching: boolean } {
  const session = useSession();
  const sought = useSettled(text.trim(), 150);
  const recent = useDocuments(state => state.recent);
  const isTag = sought.startsWith('#');
  const isCommand = sought.startsWith('>');
  const after = (sign: string) => (sought.startsWith(sign) ? sought.slice(1).trim() : undefined);
  const servers = useServerItems(after('@'));
  const services = useServiceItems(after('.'));
  const isElsewhere = after('@') !== undefined || after('.') !== undefined;
  const found = useQuery({
    queryKey: keys.search(sought),
    queryFn: ({ signal }) => searchEntities({ ...(isTag ? { tags: sought.slice(1).trim() } : { expression: sought }), maxItems: mostFound }, signal),
    enabled: sought.length > 0 && !isCommand && !isElsewhere && (!isTag || sought.includes(':')),
    placeholderData: keepPreviousData,
  });

  const fixed = useMemo((): PaletteItem[] => [
    ...commandsFor(session).map(command => ({ group: texts.palette.commands, detail: '', ...command })),
    ...kinds.filter(kind => kind.making).map(kind => ({ id: `new-${kind.id}`, group: texts.palette.commands, title: texts.create.title(kindTexts(kind).one), icon: kind.icon, run: go(`/new/${kind.id}`) })),
    ...pages.filter(page => page.rail && hasNeed(session, page.needs)).map(page => ({ id: `page-${page.id}`, group: texts.palette.pages, title: page.title, icon: page.icon, run: go(page.rail?.to ?? page.route) })),
    ...kinds.map(kind => ({ id: `list-${kind.id}`, group: texts.palette.pages, title: kindTexts(kind).many, icon: kind.icon, run: go(`/browse/${kind.id}`) })),
  ], [session]);

  if (sought === '') {
    const last = recent.slice(0, 8).flatMap(({ key }): PaletteItem[] => {
      const mark = markOfDocument({ key });
      return mark ? [{ id: `recent-${key}`, group: texts.palette.recent, title: mark.title, icon: mark.icon, run: go(key) }] : [];
    });
    return { items: [...last, ...fixed.filter(item => item.group === texts.palette.pages)], isSearching: false };
  }
  if (after('@') !== undefined) return servers;
  if (after('.') !== undefined) return services;
  const words = sought.replace(/^>\s*/, '').toLowerCase().split(/\s+/);
  const matching = fixed.filter(item => (!isCommand || item.group === texts.palette.commands) && words.every(word => item.title.toLowerCase().includes(word)));
  const entities = isCommand ? [] : (found.data ?? []).map(entityItem);
  return { items: isTag ? entities : [...entities, ...matching], isSearching: found.isFetching };
}

const go = (address: string) => ({ navigate }: CommandContext) => void navigate(address);

function entityItem(row: EntityRow): PaletteItem {
  const kind = kindOfRow(row);
  return {
    id: `${row.type}-${row.name}`, group: texts.palette.entities, title: row.name, detail: [row.parent || row.type, row.description].filter(Boolean).join(' · '),
    icon: kind?.icon ?? BranchRegular, run: go(`/${kind?.collection ?? row.type}/${encodeURIComponent(row.name)}`),
  };
}
