import type { Session } from '../api/session';
import { pages } from './pages';
import type { Command, EntityTab, Need, Page } from './types';

export * from './kinds';
export * from './types';
export { pages };

/** Whether a user has what a page or command needs. */
export const hasNeed = (session: Session, need: Need | undefined): boolean => need === undefined || session.isAdministrator;

/** The items of the rail that the user may use, in their order. */
export const railPages = (session: Session): Page[] =>
  pages.filter(page => page.rail && hasNeed(session, page.needs)).sort((a, b) => (a.rail?.order ?? 0) - (b.rail?.order ?? 0));

/** The tabs of the entity page, of all pages, in their order. */
export const entityTabs: readonly EntityTab[] = pages.flatMap(page => page.entityTabs ?? []).sort((a, b) => a.order - b.order);

/** The commands of all pages that the user may run. */
export const commandsFor = (session: Session): Command[] =>
  pages.filter(page => hasNeed(session, page.needs)).flatMap(page => page.commands ?? []).filter(command => hasNeed(session, command.needs));
