import { Link } from 'react-router';
import { Age } from '../../parts/Age';
import type { Link as ServerLink } from '../../parts/links/links';
import { Server } from '../../parts/Server';
import { State } from '../../parts/State';
import { texts } from '../../texts';
import css from '../recent/RecentPage.module.css';

/** Links of this server that are not LIVE, with the reason. */
export function WorryingLinks({ links }: { links: readonly ServerLink[] }) {
  return (
    <section aria-labelledby="links">
      <h2 id="links" className={css.title}>{texts.home.links}</h2>
      <ul className={css.list} data-live>
        {links.map(link => (
          <li key={link.key} className={css.item}><Link to={`/federation?link=${encodeURIComponent(link.key)}`}><Server name={link.server} /></Link><State state={link.state} plain /><span className="hint ellipsis" title={link.reason}>{link.reason}</span><span className="grow" /><span className="hint"><Age time={link.since} /></span></li>
        ))}
      </ul>
    </section>
  );
}
