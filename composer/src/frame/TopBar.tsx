import { SearchRegular } from '@fluentui/react-icons/svg/search';
import { Link } from 'react-router';
import { useLinkCounts } from '../api/links';
import { useSession } from '../app/session';
import { Server } from '../parts/Server';
import { StateMark } from '../parts/State';
import { formatCount } from '../parts/format';
import { texts } from '../texts';
import css from './TopBar.module.css';

/** Where you are, the way to everything, and how the links stand. */
export function TopBar({ onSearch }: { onSearch: () => void }) {
  const { server } = useSession();
  const links = useLinkCounts();
  return (
    <header className={css.top}>
      <div className={css.where} title={server.description || undefined}><Server name={server.name} here big /></div>
      <button type="button" className={css.search} onClick={onSearch}>
        <SearchRegular aria-hidden /><span className={css.long}>{texts.frame.search}</span><span className={css.short}>{texts.frame.searchShort}</span><kbd>Ctrl K</kbd>
      </button>
      <div className="grow" />
      {links && links.length > 0 && (
        <Link to="/federation" className={css.links} data-live aria-label={texts.frame.linkCounts(links)}>
          <span className={css.word}>{texts.frame.links}</span>
          {links.map(({ state, count }) => <span key={state} className={css.link}><StateMark state={state} /><b className="num">{formatCount(count)}</b></span>)}
        </Link>
      )}
    </header>
  );
}
