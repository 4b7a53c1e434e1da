import { useConnection } from '../api/live';
import { useDrafts } from '../app/drafts';
import { useSession } from '../app/session';
import { Age, useServerNow } from '../parts/Age';
import { formatServerClock } from '../parts/format';
import { texts } from '../texts';
import { useLastAction, usePageStatus } from './status';
import css from './StatusBar.module.css';

/** What holds now: live updates, what the page says, what was done last, who and when. */
export function StatusBar() {
  const session = useSession();
  const { state, since } = useConnection();
  const unsaved = Object.keys(useDrafts(drafts => drafts.byDocument)).length;
  const page = usePageStatus(status => status.text);
  const action = useLastAction(last => last.last);
  const now = useServerNow();
  return (
    <footer className={css.status} aria-label={texts.frame.status} data-region="status">
      <span className={css.live} data-state={state}>
        <i aria-hidden />{texts.frame.live[state]}{state === 'lost' && <> <Age time={since + (now - Date.now())} /></>}
      </span>
      {unsaved > 0 && <span>{texts.frame.unsaved(unsaved)}</span>}
      {page && <span className="ellipsis">{page}</span>}
      {action && <span className="ellipsis" role="status">{action.text} · <Age time={action.time} /></span>}
      <div className="grow" />
      <span className={css.optional}>{[session.user, ...(session.isAdministrator ? [texts.frame.administrators] : session.groups.slice(0, 1))].join(' · ')}</span>
      <span className="num">{formatServerClock(now, session.server.timeZone)}</span>
    </footer>
  );
}
