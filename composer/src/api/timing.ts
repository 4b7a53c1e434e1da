/** Where the time of a call went, as the server measured it; milliseconds. */
export interface Way {
  /** The other server; undefined where the call went through none. */
  readonly server: string | undefined;
  /** Rights and arguments on this server. */
  readonly before: number;
  /** Waiting for a place on the link. */
  readonly turn: number;
  /** On the link, there and back; without what the other server needed as far as it told. */
  readonly link: number;
  /** In the other server; undefined where it did not tell. */
  readonly there: number | undefined;
  /** Answering on this server. */
  readonly after: number;
  /** Where it failed. */
  readonly failed: 'here' | 'link' | 'there' | undefined;
}

/** The header that asks for times (docs/rest.md). */
export const timingHeader = 'Hansa-Timing';

/** All that the servers measured. */
export const totalOf = (way: Way): number => way.before + way.turn + way.link + (way.there ?? 0) + way.after;

/** Reads the header Server-Timing; undefined where it is not there. */
export function readWay(header: string | null): Way | undefined {
  if (!header) return undefined;
  const parts = new Map(header.split(/,\s*(?=[a-z]+(?:;|$))/).map(part => {
    const [name = '', ...pairs] = part.trim().split(/;\s*/);
    return [name, new Map(pairs.map(pair => {
      const at = pair.indexOf('=');
      return [pair.slice(0, at), pair.slice(at + 1).replace(/^"|"$/g, '').replaceAll('\\"', '"')];
    }))] as const;
  }));
  const duration = (name: string) => Number(parts.get(name)?.get('dur') ?? 0);
  const hasTold = parts.has('there');
  const failed = parts.get('failed')?.get('desc');
  return {
    server: parts.get('link')?.get('desc'), before: duration('before'), turn: duration('turn'), link: Math.max(0, duration('link') - duration('there')),
    there: hasTold ? duration('there') : undefined, after: duration('after'), failed: failed === 'here' || failed === 'link' || failed === 'there' ? failed : undefined,
  };
}
