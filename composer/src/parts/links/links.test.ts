import { describe, expect, it } from 'vitest';
import { agreementOf, changesBetween, countByState, endsOf, readBoundThings, readLinks, stretchesOf } from './links';

const rows = [
  { server: 'ServerB', role: 'Publisher', state: 'LIVE', reason: '', since: 1, otherView: 'STALE: the disk is full', pipes: 4, roundTrip: 2.5, things: 3, waiting: 0, parked: 0 },
  { server: 'ServerC', role: 'Subscriber', state: 'REFUSED', reason: 'the key has expired', since: 2 },
  { server: 'ServerA', role: 'Publisher', state: 'DOWN', reason: 'no connection', since: 3, otherView: 'LIVE', serverId: 'x1' },
  { server: 'ServerA', role: 'Publisher', state: 'DELAYED', reason: 'late', since: 3, otherView: '', serverId: 'x2' },
];

describe('links', () => {
  it('stand worst first, each with a key of its own', () => {
    expect(readLinks(rows).map(link => link.key)).toEqual(['Publisher.ServerA', 'Subscriber.ServerC', 'Publisher.ServerA.x2', 'Publisher.ServerB']);
  });

  it('know how the other end sees them', () => {
    const [down, , , live] = readLinks(rows);
    expect(live?.otherView).toEqual({ state: 'stale', reason: 'the disk is full' });
    expect(live && agreementOf(live)).toBe('differs');
    expect(down && agreementOf(down)).toBe('unheard');
    expect(agreementOf({ state: 'delayed', otherView: { state: 'live', reason: '' } })).toBe('same');
  });

  it('go from publisher to subscriber', () => {
    expect(endsOf({ role: 'Publisher', server: 'ServerB' }, 'ServerA')).toEqual({ publisher: 'ServerB', subscriber: 'ServerA' });
    expect(endsOf({ role: 'Subscriber', server: 'ServerB' }, 'ServerA')).toEqual({ publisher: 'ServerA', subscriber: 'ServerB' });
  });

  it('are counted by state, from good to bad', () => {
    expect(countByState(readLinks(rows))).toEqual([{ state: 'live', count: 1 }, { state: 'delayed', count: 1 }, { state: 'down', count: 1 }, { state: 'refused', count: 1 }]);
  });

  it('have changed when their state has, not when they are new', () => {
    const before = readLinks(rows.slice(0, 2));
    const after = readLinks([{ ...rows[0], state: 'DOWN' }, { ...rows[1], reason: 'another reason' }, { ...rows[2] }]);
    expect(changesBetween(before, after).map(link => link.key)).toEqual(['Publisher.ServerB']);
  });
});

describe('stretches of states', () => {
  it('begin with what is not known', () => {
    expect(stretchesOf([{ time: 60, state: 'down' }, { time: 40, state: 'live' }], { state: 'down', since: 60 }, 0, 100))
      .toEqual([{ state: undefined, length: 40 }, { state: 'live', length: 20 }, { state: 'down', length: 40 }]);
  });

  it('take the state before the window along', () => {
    expect(stretchesOf([{ time: 10, state: 'stale' }, { time: 150, state: 'live' }], { state: 'live', since: 150 }, 100, 200)).toEqual([{ state: 'stale', length: 50 }, { state: 'live', length: 50 }]);
  });

  it('are the present state alone where nothing changed', () => {
    expect(stretchesOf([], { state: 'down', since: 10 }, 50, 100)).toEqual([{ state: 'down', length: 50 }]);
  });
});

describe('bound Things', () => {
  it('have no state where the other server proves none', () => {
    expect(readBoundThings([{ name: 'Remote', server: 'Old', identifier: 'Thing@Old' }])[0]?.state).toBeUndefined();
  });
});
