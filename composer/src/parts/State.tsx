import css from './State.module.css';
import { texts } from '../texts';

/** The six states of a link (docs/federation). */
export const linkStates = ['live', 'delayed', 'stale', 'down', 'refused', 'paused'] as const;

/** One of them. */
export type LinkState = (typeof linkStates)[number];

/** The state that the server writes, such as LIVE; undefined for another word. */
export const readLinkState = (word: string): LinkState | undefined => linkStates.find(state => state === word.toLowerCase());

/** The line of a link on a map: dashes of an SVG path, none for a whole line. */
export const lineOf: Record<LinkState, string | undefined> = { live: undefined, delayed: '12 4', stale: '4 4', down: '2 6', refused: undefined, paused: '1 7' };

/** One silhouette for each state: it reads without colour. */
export function StateMark({ state, size = 12 }: { state: LinkState; size?: number }) {
  const mark = `var(--s-${state}-mark)`;
  const on = 'var(--s-on)';
  return (
    <svg className={css.mark} width={size} height={size} viewBox="0 0 12 12" aria-hidden>
      {state === 'live' && <circle cx="6" cy="6" r="5" fill={mark} />}
      {state === 'delayed' && <><circle cx="6" cy="6" r="4.6" fill="none" stroke={mark} strokeWidth="1.8" /><path d="M6 3.2V6.2L8 7.4" fill="none" stroke={mark} strokeWidth="1.6" /></>}
      {state === 'stale' && <circle cx="6" cy="6" r="4.4" fill="none" stroke={mark} strokeWidth="2" strokeDasharray="2.3 2.3" />}
      {state === 'down' && <><rect x="1" y="1" width="10" height="10" rx="1.5" fill={mark} /><path d="M3.8 3.8l4.4 4.4M8.2 3.8L3.8 8.2" stroke={on} strokeWidth="1.6" /></>}
      {state === 'refused' && <><circle cx="6" cy="6" r="5.2" fill={mark} /><rect x="2.8" y="5" width="6.4" height="2" fill={on} /></>}
      {state === 'paused' && <><rect x="2" y="1.5" width="3" height="9" rx="1" fill={mark} /><rect x="7" y="1.5" width="3" height="9" rx="1" fill={mark} /></>}
    </svg>
  );
}

/** A state in words and shape; `extra` is its age or reason, `plain` leaves out the tint (in lists). */
export function State({ state, extra, plain = false }: { state: LinkState; extra?: string | undefined; plain?: boolean }) {
  return (
    <span className={plain ? css.plain : css.state} style={{ color: `var(--s-${state}-fg)`, ...(plain ? {} : { background: `var(--s-${state}-bg)` }) }}>
      <StateMark state={state} size={10} />
      <b>{texts.states[state]}</b>
      {extra && <span className="num">{extra}</span>}
    </span>
  );
}
