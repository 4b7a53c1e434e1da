import { number, text, time, type Row } from '../../api/infotable';
import { linkStates, readLinkState, type LinkState } from '../State';

/** What the other server is to this one. */
export type LinkRole = 'Publisher' | 'Subscriber';

/** A link as one of its ends sees it. */
export interface View { readonly state: LinkState; readonly reason: string }

/** A link of this server, as GetLinks tells it. Times are milliseconds since 1970, round trips milliseconds. */
export interface Link extends View {
  /** Tells links apart, also in addresses: `Publisher.ServerB`. */
  readonly key: string;
  readonly server: string;
  readonly role: LinkRole;
  readonly since: number;
  /** How the other end saw it when it was heard last. */
  readonly otherView: View | undefined;
  readonly pipes: number;
  readonly lastProof: number | undefined;
  readonly roundTrip: number | undefined;
  readonly longestRoundTrip: number | undefined;
  readonly things: number;
  readonly waiting: number;
  readonly waitingBytes: number;
  readonly oldest: number | undefined;
  readonly parked: number;
  /** What the other server has lost of what it had stored; empty where nothing is known of that. */
  readonly loss: string;
  readonly version: string;
}

/** A change of a link's state. */
export interface LinkChange extends View { readonly time: number; readonly server: string; readonly role: LinkRole }

/** A Thing here that stands for one of another server. `state` is undefined where the other server cannot prove one. */
export interface BoundThing {
  readonly name: string;
  readonly template: string;
  readonly identifier: string;
  readonly server: string;
  readonly state: LinkState | undefined;
  readonly reason: string;
  readonly since: number | undefined;
  readonly waiting: number;
  readonly oldest: number | undefined;
  readonly parked: number;
}

const worst: readonly LinkState[] = ['down', 'refused', 'stale', 'delayed', 'paused', 'live'];
const roleOf = (row: Row): LinkRole => (text(row, 'role') === 'Subscriber' ? 'Subscriber' : 'Publisher');
const stateOf = (row: Row): LinkState => readLinkState(text(row, 'state')) ?? 'down';

/** The key of a server's link in one direction. */
export const keyOfLink = (role: LinkRole, server: string): string => `${role}.${server}`;

/** Reads what GetLinks gives, the worst first. */
export function readLinks(rows: readonly Row[]): Link[] {
  const taken = new Set<string>();
  const links = rows.map((row): Link => {
    const [server, role] = [text(row, 'server'), roleOf(row)];
    // A server that was set up anew keeps its name and gets another id.
    const plain = keyOfLink(role, server);
    const key = taken.has(plain) ? `${plain}.${text(row, 'serverId')}` : plain;
    taken.add(key);
    return {
      key, server, role, state: stateOf(row), reason: text(row, 'reason'), since: time(row, 'since') ?? 0, otherView: readView(text(row, 'otherView')), pipes: number(row, 'pipes') ?? 0,
      lastProof: time(row, 'lastProof'), roundTrip: number(row, 'roundTrip'), longestRoundTrip: number(row, 'longestRoundTrip'), things: number(row, 'things') ?? 0,
      waiting: number(row, 'waiting') ?? 0, waitingBytes: number(row, 'waitingBytes') ?? 0, oldest: time(row, 'oldest'), parked: number(row, 'parked') ?? 0, loss: text(row, 'loss'), version: text(row, 'version'),
    };
  });
  return links.sort((a, b) => worst.indexOf(a.state) - worst.indexOf(b.state) || a.server.localeCompare(b.server) || a.role.localeCompare(b.role));
}

/** Reads what GetLinkChanges gives, newest first. */
export const readLinkChanges = (rows: readonly Row[]): LinkChange[] =>
  rows.map(row => ({ time: time(row, 'time') ?? 0, server: text(row, 'server'), role: roleOf(row), state: stateOf(row), reason: text(row, 'reason') }));

/** Reads what GetBoundThings gives. */
export const readBoundThings = (rows: readonly Row[]): BoundThing[] => rows.map(row => ({
  name: text(row, 'name'), template: text(row, 'thingTemplate'), identifier: text(row, 'identifier'), server: text(row, 'server'), state: readLinkState(text(row, 'state')), reason: text(row, 'reason'),
  since: time(row, 'since'), waiting: number(row, 'waiting') ?? 0, oldest: time(row, 'oldest'), parked: number(row, 'parked') ?? 0,
}));

/** Reads a view as ends tell it each other: `STALE: no answer`. */
function readView(view: string): View | undefined {
  const colon = view.indexOf(': ');
  const state = readLinkState(colon < 0 ? view : view.slice(0, colon));
  return state && { state, reason: colon < 0 ? '' : view.slice(colon + 2) };
}

/** The two ends of a link, in the direction in which Things are published. */
export const endsOf = ({ role, server }: Pick<Link, 'role' | 'server'>, here: string): { publisher: string; subscriber: string } =>
  role === 'Publisher' ? { publisher: server, subscriber: here } : { publisher: here, subscriber: server };

/** Whether what is sent arrives. */
export const works = (state: LinkState): boolean => state === 'live' || state === 'delayed';

/**
 * Whether both ends say that the link works, or both that it does not. While nothing is heard of the other end, its last word is old:
 * then nobody can say.
 */
export function agreementOf({ state, otherView }: Pick<Link, 'state' | 'otherView'>): 'same' | 'differs' | 'unheard' {
  if (otherView === undefined || state === 'down' || state === 'stale') return 'unheard';
  return works(otherView.state) === works(state) ? 'same' : 'differs';
}

/** How many links are in each state, from good to bad; states without a link are left out. */
export const countByState = (links: readonly Pick<Link, 'state'>[]): { state: LinkState; count: number }[] =>
  linkStates.map(state => ({ state, count: links.filter(link => link.state === state).length })).filter(one => one.count > 0);

/** Links whose state is another one now; a link that is new has not changed. */
export function changesBetween(before: readonly Link[], after: readonly Link[]): Link[] {
  const known = new Map(before.map(link => [link.key, link.state]));
  return after.filter(link => known.has(link.key) && known.get(link.key) !== link.state);
}

/** A stretch of time in one state; undefined where nothing is known. */
export interface Stretch { readonly state: LinkState | undefined; readonly length: number }

/**
 * The states of a link from a time to another, oldest first.
 * @param changes those of the link, in any order.
 * @param current its state now, and since when: all that is known where nothing changed.
 */
export function stretchesOf(changes: readonly Pick<LinkChange, 'time' | 'state'>[], current: Pick<Link, 'state' | 'since'>, from: number, to: number): Stretch[] {
  const known = [...changes].sort((a, b) => a.time - b.time);
  if (known.at(-1)?.state !== current.state) known.push({ time: current.since, state: current.state });
  const stretches: Stretch[] = [];
  let [at, state]: [number, LinkState | undefined] = [from, undefined];
  for (const change of known) {
    const until = Math.min(Math.max(change.time, from), to);
    if (until > at) stretches.push({ state, length: until - at });
    [at, state] = [Math.max(at, until), change.state];
  }
  if (to > at) stretches.push({ state, length: to - at });
  return stretches;
}
