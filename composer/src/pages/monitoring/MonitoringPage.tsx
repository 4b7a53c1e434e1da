import { Tab, TabList } from '@fluentui/react-components';
import { PulseRegular } from '@fluentui/react-icons/svg/pulse';
import { lazy, Suspense } from 'react';
import { Navigate, useNavigate, useParams } from 'react-router';
import { useSession } from '../../app/session';
import { useDocuments } from '../../frame/documents';
import { useShortcut } from '../../frame/shortcuts';
import { PageHead } from '../../parts/PageHead';
import { RowSkeletons } from '../../parts/Skeletons';
import { texts } from '../../texts';
import { MissingPage } from '../missing/MissingPage';
import css from './Monitoring.module.css';

const views = {
  logs: lazy(() => import('./logs/LogsView')),
  subsystems: lazy(() => import('./subsystems/SubsystemsView')),
  remote: lazy(() => import('./remote/RemoteView')),
  sessions: lazy(() => import('./sessions/SessionsView')),
  alerts: lazy(() => import('./alerts/AlertsView')),
  audit: lazy(() => import('./audit/AuditView')),
} as const;

type View = keyof typeof views;
const names = Object.keys(views) as View[];

/** The view of an address; without one the view that was shown last. */
export default function MonitoringPage() {
  const { view } = useParams();
  const navigate = useNavigate();
  const { server } = useSession();
  const last = useDocuments(state => state.open.find(one => one.key === '/monitoring'))?.address;
  const shown = names.find(name => name === view);
  const step = (by: number) => { if (shown) void navigate(`/monitoring/${names[(names.indexOf(shown) + by + names.length) % names.length] ?? shown}`); };
  useShortcut({ keys: 'Ctrl+Alt+ArrowRight', does: texts.monitoring.nextView, inFields: true }, () => step(1));
  useShortcut({ keys: 'Ctrl+Alt+ArrowLeft', does: texts.monitoring.lastView, inFields: true }, () => step(-1));
  if (view === undefined) return <Navigate to={last?.startsWith('/monitoring/') ? last : '/monitoring/logs'} replace />;
  if (!shown) return <MissingPage />;
  const Shown = views[shown];
  return (
    <>
      <PageHead icon={PulseRegular} title={texts.monitoring.title} hint={texts.monitoring.hint(server.name)} />
      <TabList className={css.tabs} size="small" selectedValue={shown} onTabSelect={(_, { value }) => void navigate(`/monitoring/${String(value)}`)}>
        {names.map(name => <Tab key={name} value={name} id={`view-${name}`} aria-controls="view">{texts.monitoring.views[name]}</Tab>)}
      </TabList>
      <div id="view" role="tabpanel" aria-labelledby={`view-${shown}`} className={css.view}><Suspense fallback={<RowSkeletons rows={12} />}><Shown /></Suspense></div>
    </>
  );
}
