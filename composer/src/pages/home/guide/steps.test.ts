import { describe, expect, it } from 'vitest';
import { doneSteps, nextStep, sideOf, type Federation } from './steps';
import { readLinks } from '../../../parts/links/links';

const bare: Federation = { serverName: '', links: [], published: 0, offered: 0, bound: 0, subscribed: 0, rows: 0 };
const link = readLinks([{ server: 'ServerB', role: 'Publisher', state: 'LIVE', reason: '', since: 0 }])[0]!;
const done = (more: Partial<Federation>) => [...(doneSteps({ ...bare, ...more }) ?? [])];

describe('the steps of the guide', () => {
  it('say nothing before all is known', () => expect(doneSteps({ ...bare, links: undefined })).toBeUndefined());
  it('are done by what the server tells, on either side', () => {
    expect(done({})).toEqual([]);
    expect(done({ serverName: 'ServerA', links: [link] })).toEqual(['name', 'link']);
    expect(done({ published: 1 })).toEqual(['publish']);
    expect(done({ offered: 1, bound: 1, rows: 3 })).toEqual(['publish', 'proxy', 'row']);
    expect(done({ subscribed: 1 })).toEqual(['proxy']);
  });
  it('take a link for done only where it is proved', () => {
    expect(done({ links: [{ ...link, state: 'down' }] })).toEqual([]);
    expect(done({ links: [{ ...link, state: 'delayed' }] })).toEqual(['link']);
  });
  it('come one after the other', () => {
    expect(nextStep(new Set(['name', 'publish']))).toBe('link');
    expect(nextStep(new Set(['name', 'link', 'publish', 'proxy', 'row']))).toBeUndefined();
  });
  it('know the side', () => {
    expect(sideOf([])).toBe('none');
    expect(sideOf([link])).toBe('receives');
    expect(sideOf([link, { ...link, role: 'Subscriber' }])).toBe('both');
  });
});
