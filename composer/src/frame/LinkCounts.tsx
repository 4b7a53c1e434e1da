import { Link } from 'react-router';
import { countByState } from '../parts/links/links';
import { useLinks } from '../parts/links/useLinks';
import { StateMark } from '../parts/State';
import { texts } from '../texts';
import css from './TopBar.module.css';

/** The links of this server, counted by state; opens Federation. */
export function LinkCounts() {
  const counts = countByState(useLinks(state => state.links) ?? []);
  if (counts.length === 0) return null;
  return (
    <Link to="/federation" className={css.links} title={texts.federation.counts(counts)} data-live>
      <span className={css.word}>{texts.federation.links}</span>{' '}
      {counts.map(({ state, count }) => <span key={state} className={css.link}><StateMark state={state} /><b className="num">{count}</b><span className="hidden"> {texts.federation.stateWords[state]} </span></span>)}
    </Link>
  );
}
