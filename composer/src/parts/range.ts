/** How far back rows are looked at: a span before now, or from one time to another. */
export interface Range {
  /** `6h`, or empty for all. */
  readonly span: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

const spans: Readonly<Record<string, number>> = { '15m': 900_000, '1h': 3_600_000, '6h': 21_600_000, '24h': 86_400_000, '7d': 604_800_000 };

/** Reads the range of an address: `range`, or `from` and `to`. */
export function readRange(address: URLSearchParams): Range {
  const time = (name: string) => (/^\d+$/.test(address.get(name) ?? '') ? Number(address.get(name)) : undefined);
  const span = address.get('range') ?? '';
  return { span: span in spans ? span : '', from: time('from'), to: time('to') };
}

/** What an address says for a range; empty is left out. */
export const writeRange = ({ span, from, to }: Range): { range: string; from: string; to: string } =>
  ({ range: span, from: from === undefined ? '' : String(from), to: to === undefined ? '' : String(to) });

/** When rows begin and end; a span ends open, so that new rows come in. */
export const timesOf = ({ span, from, to }: Range, now: number): { from: number | undefined; to: number | undefined } =>
  (span === '' ? { from, to } : { from: now - (spans[span] ?? 0), to: undefined });
