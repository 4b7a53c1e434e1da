import { SearchRegular } from '@fluentui/react-icons/svg/search';
import { useSession } from '../app/session';
import { Server } from '../parts/Server';
import { texts } from '../texts';
import { LinkCounts } from './LinkCounts';
import css from './TopBar.module.css';

/** Where you are, and the way to everything. */
export function TopBar({ onSearch }: { onSearch: () => void }) {
  const { server } = useSession();
  return (
    <header className={css.top}>
      <div className={css.where} title={server.description || undefined}><Server name={server.name} here big /></div>
      <button type="button" className={css.search} onClick={onSearch}>
        <SearchRegular aria-hidden /><span className={css.long}>{texts.frame.search}</span><span className={css.short}>{texts.frame.searchShort}</span><kbd>Ctrl K</kbd>
      </button>
      <div className="grow" />
      <LinkCounts />
    </header>
  );
}
