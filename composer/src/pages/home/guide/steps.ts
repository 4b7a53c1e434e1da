import type { Link } from '../../../parts/links/links';

/** The steps of the guide, in their order. */
export const stepIds = ['name', 'link', 'publish', 'proxy', 'row'] as const;

/** One of them. */
export type StepId = (typeof stepIds)[number];

/** What is known of the federation; undefined what is not known yet. */
export interface Federation {
  /** What this server calls itself. */
  readonly serverName: string | undefined;
  readonly links: readonly Link[] | undefined;
  /** Things that this server publishes, and those that others offer to it. */
  readonly published: number | undefined;
  readonly offered: number | undefined;
  /** Remote Things here to which something is bound, and Things of this server that others have a proxy for. */
  readonly bound: number | undefined;
  readonly subscribed: number | undefined;
  /** Rows that went over a link: those of streams of which one end is here and the other there. */
  readonly rows: number | undefined;
}

/** Which steps are done. Undefined while that is not known. */
export function doneSteps({ serverName, links, published, offered, bound, subscribed, rows }: Federation): ReadonlySet<StepId> | undefined {
  if ([serverName, links, published, offered, bound, subscribed].includes(undefined)) return undefined;
  const is: Record<StepId, boolean> = {
    name: serverName !== '',
    link: links?.some(link => link.state === 'live' || link.state === 'delayed') ?? false,
    publish: (published ?? 0) + (offered ?? 0) > 0,
    proxy: (bound ?? 0) + (subscribed ?? 0) > 0,
    row: (rows ?? 0) > 0,
  };
  return new Set(stepIds.filter(step => is[step]));
}

/** The step that comes next: the first that is not done. */
export const nextStep = (done: ReadonlySet<StepId>): StepId | undefined => stepIds.find(step => !done.has(step));

/** On which side of the federation this server stands, as its links say. */
export function sideOf(links: readonly Link[]): 'publishes' | 'receives' | 'both' | 'none' {
  const [publishes, receives] = [links.some(link => link.role === 'Subscriber'), links.some(link => link.role === 'Publisher')];
  return publishes && receives ? 'both' : publishes ? 'publishes' : receives ? 'receives' : 'none';
}
