import { useServerNow } from '../../parts/Age';
import { formatAge } from '../../parts/format';
import { stretchesOf, type Link, type LinkChange } from '../../parts/links/links';
import { Ribbon } from '../../parts/Ribbon';
import { linkStates } from '../../parts/State';
import { texts } from '../../texts';

/** The changes of one link among those of all. */
export const changesOf = (changes: readonly LinkChange[], { server, role }: Pick<Link, 'server' | 'role'>): LinkChange[] => changes.filter(change => change.server === server && change.role === role);

/** The states of a link over the last `span` milliseconds; with `isKnownOnly` from the first that is known. */
export function LinkRibbon({ link, changes, span, isKnownOnly = false, height }: { link: Link; changes: readonly LinkChange[]; span: number; isKnownOnly?: boolean; height?: number }) {
  const now = useServerNow();
  const own = changesOf(changes, link);
  const known = Math.min(link.since, ...own.map(change => change.time));
  const stretches = stretchesOf(own, link, Math.max(now - span, isKnownOnly ? known : 0), now);
  const totals = [...linkStates, undefined].map(state => ({ state, length: stretches.reduce((sum, one) => sum + (one.state === state ? one.length : 0), 0) })).filter(one => one.length > 0);
  return <Ribbon parts={stretches} label={texts.federation.strip(totals.map(one => texts.federation.stripPart(one.state, formatAge(one.length))))} {...(height === undefined ? {} : { height })} />;
}
