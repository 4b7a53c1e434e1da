import { matchRoutes } from 'react-router';
import { describe, expect, it } from 'vitest';
import type { Session } from '../api/session';
import { texts } from '../texts';
import { commandsFor, entityTabs, kindById, kindOfRow, kindOfThing, kinds, pages, railPages } from '.';

const session = (isAdministrator: boolean): Session => ({
  user: 'Anna', description: '', groups: [], isAdministrator, expires: 0, server: { name: 'ServerB', description: '', version: '', time: 0, timeZone: 'UTC' },
});

describe('registry', () => {
  it('has each page, tab, command and kind once', () => {
    for (const ids of [pages, entityTabs, commandsFor(session(true)), kinds]) {
      const all = ids.map(one => one.id);
      expect(new Set(all).size).toBe(all.length);
    }
  });

  it('leads every item of the rail to its own page', () => {
    const routes = pages.map(page => ({ path: page.route, page }));
    for (const page of railPages(session(true))) {
      expect(matchRoutes(routes, page.rail?.to ?? page.route)?.at(-1)?.route.page.id, page.id).toBe(page.id);
    }
  });

  it('does not list what needs an administrator for others', () => {
    expect(railPages(session(false)).filter(page => page.needs === 'administrator')).toEqual([]);
  });

  it('loads every page and every tab', async () => {
    for (const page of pages) expect((await page.load()).default, page.id).toBeTypeOf('function');
    for (const tab of entityTabs) expect((await tab.load()).default, tab.id).toBeTypeOf('function');
  }, 30_000);

  it('has words for every kind', () => {
    for (const kind of kinds) expect(texts.kinds[kind.id]?.many, kind.id).toBeTruthy();
  });

  it('knows a stream by a template that extends one', () => {
    expect(kindOfThing(['PressStream', 'Stream']).id).toBe('Streams');
    expect(kindOfThing(['GenericThing']).id).toBe('Things');
    expect(kindOfRow({ type: 'Thing', parent: 'RemoteWiki' })?.id).toBe('Wikis');
    expect(kindById('Nothing')).toBeUndefined();
  });
});
