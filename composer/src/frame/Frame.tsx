import { Toaster } from '@fluentui/react-components';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Outlet, useLocation, useNavigate } from 'react-router';
import { useEntityEvents } from '../app/entityEvents';
import { usePreferences } from '../app/preferences';
import { useSession } from '../app/session';
import { live } from '../api/live';
import { Questions } from '../parts/confirm';
import { hasNeed } from '../registry';
import { texts } from '../texts';
import { BrowseTree } from './BrowseTree';
import { ConnectionBar } from './ConnectionBar';
import { DocumentTabs } from './DocumentTabs';
import { pageOf, useDocuments } from './documents';
import css from './Frame.module.css';
import { LinkAnnouncer } from './LinkAnnouncer';
import { NewEntity } from './NewEntity';
import { NoRight } from './NoRight';
import { usePanelRoom } from './panelRoom';
import { Palette } from './Palette';
import { Rail } from './Rail';
import { useRegions } from './regions';
import { ShortcutList } from './ShortcutList';
import { useShortcut, useShortcutKeys } from './shortcuts';
import { StatusBar } from './StatusBar';
import { TopBar } from './TopBar';
import { useMedia } from './useMedia';

/** Toasts of work that ended elsewhere are dispatched to it. */
export const toasterId = 'composer';

/** What stands around every page: rail, top bar, Browse tree, documents, status bar. */
export function Frame() {
  const location = useLocation();
  const session = useSession();
  const navigate = useNavigate();
  const visit = useDocuments(state => state.visit);
  const { showsTree, set } = usePreferences();
  const isNarrow = useMedia('(max-width: 1099px)');
  const [isTreeOver, setIsTreeOver] = useState(false);
  const [palette, setPalette] = useState<string | undefined>();
  const main = useRef<HTMLElement>(null);
  const current = useMemo(() => pageOf(location.pathname), [location.pathname]);
  const address = location.pathname + location.search;
  const key = current?.document?.key;

  useShortcutKeys();
  useRegions();
  useEntityEvents();
  useEffect(() => {
    if (key !== undefined) visit(key, address, live.serverNow());
  }, [key, address, visit]);
  useEffect(() => {
    document.title = [current?.document?.title ?? current?.page.title, session.server.name].filter(Boolean).join(' · ');
    setIsTreeOver(false);
  }, [current, session.server.name]);

  useShortcut({ keys: 'Ctrl+K', does: texts.keys.palette, isGlobal: true, inFields: true }, () => setPalette(''));
  useShortcut({ keys: 'G B', does: texts.keys.goTo('Browse'), isGlobal: true }, () => void navigate('/browse'));
  useShortcut({ keys: 'G H', does: texts.keys.goTo('Home'), isGlobal: true }, () => void navigate('/'));
  useShortcut({ keys: 'G F', does: texts.keys.goTo('Federation'), isGlobal: true, isOff: !pageOf('/federation')?.page.rail }, () => void navigate('/federation'));
  useShortcut({ keys: 'G M', does: texts.keys.goTo('Monitoring'), isGlobal: true, isOff: !pageOf('/monitoring')?.page.rail }, () => void navigate('/monitoring'));

  const hasTree = current?.page.hasTree ?? false;
  const givesWay = usePanelRoom(room => room.wanted > 0);
  const isTreeBeside = hasTree && showsTree && !isNarrow && !givesWay;
  const toggleTree = () => (isNarrow || !hasTree || givesWay ? setIsTreeOver(!isTreeOver) : set({ showsTree: !showsTree }));
  return (
    <div className={css.frame}>
      <a className={css.skip} href="#main" onClick={event => { event.preventDefault(); main.current?.focus(); }}>{texts.frame.skip}</a>
      <Rail area={current?.page.area ?? current?.page.id} onBrowse={hasTree && (isNarrow || givesWay || !showsTree) ? toggleTree : undefined} />
      <TopBar onSearch={() => setPalette('')} />
      {isTreeBeside && <BrowseTree onHide={() => set({ showsTree: false })} />}
      {isTreeOver && !isTreeBeside && <BrowseTree isOver onHide={() => setIsTreeOver(false)} />}
      <div className={css.documents}>
        <DocumentTabs current={key} />
        <ConnectionBar />
        <main id="main" ref={main} className={css.main} tabIndex={-1} data-region="content">
          {current && !hasNeed(session, current.page.needs) ? <NoRight page={current.page} /> : <Outlet />}
        </main>
      </div>
      <StatusBar />
      <Palette text={palette} onClose={() => setPalette(undefined)} />
      <ShortcutList />
      <LinkAnnouncer />
      <Questions />
      <NewEntity />
      <Toaster toasterId={toasterId} />
    </div>
  );
}
