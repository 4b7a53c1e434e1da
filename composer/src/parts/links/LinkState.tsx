import { useServerNow } from '../Age';
import { formatAge } from '../format';
import { State, type LinkState as Word } from '../State';

interface Shown { readonly state: Word; readonly reason: string; readonly since: number | undefined; readonly oldest: number | undefined }

/** What is said beside the word of a state: how long the oldest waits, or how long it has been so. A live link needs nothing said. */
export function extraOf({ state, since, oldest }: Omit<Shown, 'reason'>, now: number): string {
  const from = state === 'delayed' ? oldest ?? since : state === 'live' ? undefined : since;
  return from === undefined ? '' : formatAge(now - from);
}

/** The state of a link or bound Thing with its age; its reason on hover. */
export function LinkState({ of, isPlain = false }: { of: Shown; isPlain?: boolean }) {
  const extra = extraOf(of, useServerNow());
  return <span title={of.reason || undefined} data-live><State state={of.state} extra={extra || undefined} plain={isPlain} /></span>;
}
