import { Button, Tab, TabList } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { BranchRegular } from '@fluentui/react-icons/svg/branch';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { useStatus } from '../../frame/status';
import { EmptyState } from '../../parts/EmptyState';
import { ErrorBar } from '../../parts/ErrorBar';
import { agreementOf } from '../../parts/links/links';
import { useLinks } from '../../parts/links/useLinks';
import { PageHead } from '../../parts/PageHead';
import { WithPanel } from '../../parts/SidePanel';
import { RowSkeletons } from '../../parts/Skeletons';
import { linkStates, StateMark } from '../../parts/State';
import { texts } from '../../texts';
import { MissingPage } from '../missing/MissingPage';
import { LinkPanel } from './detail/LinkPanel';
import css from './Federation.module.css';
import { TopologyView } from './topology/TopologyView';
import { EventsView } from './views/EventsView';
import { SeesView } from './views/SeesView';
import { ThingsView } from './views/ThingsView';

const views = { topology: TopologyView, things: ThingsView, sees: SeesView, events: EventsView };
const isView = (word: string): word is keyof typeof views => word in views;
const subscribers = '/Subsystems/FederationSubsystem/configuration';

/** All links of this server. `link` in the address is the one that the panel shows. */
export default function FederationPage() {
  const words = texts.federation;
  const { view = 'topology' } = useParams();
  const [address, setAddress] = useSearchParams();
  const navigate = useNavigate();
  const { links, refusal } = useLinks();
  const shown = address.get('link') ?? undefined;
  const agreeing = (links ?? []).filter(link => agreementOf(link) === 'same').length;
  useStatus(links?.length ? words.status(agreeing, links.length) : '');
  if (!isView(view)) return <MissingPage />;

  const show = (key: string | undefined) => setAddress(current => {
    const next = new URLSearchParams(current);
    if (key === undefined) next.delete('link'); else next.set('link', key);
    return next;
  });
  const View = views[view];
  const servers = 1 + new Set(links?.map(link => link.server)).size;
  const worse = links?.filter(link => link.state !== 'live' || link.parked > 0 || link.loss !== '').length ?? 0;
  const hint = links && links.length > 0 && <><span>{words.summary(servers, links.length, links.reduce((sum, link) => sum + (link.role === 'Publisher' ? link.things : 0), 0))}</span><span>{words.needLook(worse)}</span></>;
  const content = () => {
    if (refusal !== undefined) return <ErrorBar error={words.refused(refusal)} />;
    if (links === undefined) return <RowSkeletons rows={6} />;
    if (links.length === 0 && view !== 'things') return <EmptyState icon={BranchRegular} title={words.none} hint={words.noneHint} action={{ label: words.addSubscriber, run: () => void navigate(`${subscribers}/subscribers/new`), isPrimary: true }} />;
    return <View shown={shown} onShow={show} />;
  };
  return (
    <WithPanel panel={shown !== undefined && links && <LinkPanel key={shown} link={links.find(link => link.key === shown)} name={shown} onClose={() => show(undefined)} />}>
      <PageHead icon={BranchRegular} title={words.title} hint={hint}>
        <Button icon={<AddRegular />} onClick={() => void navigate(`${subscribers}/subscribers/new`)} title={texts.subscriber.noneHint}>{words.addSubscriber}</Button>
      </PageHead>
      <div className={css.tabs}>
        <TabList size="small" aria-label={words.viewsLabel} selectedValue={view} onTabSelect={(_, { value }) => void navigate({ pathname: `/federation/${String(value)}`, search: shown === undefined ? '' : `?link=${shown}` })} data-region="subtabs">
          {(Object.keys(views) as (keyof typeof views)[]).map(one => <Tab key={one} value={one}>{words.views[one]}</Tab>)}
        </TabList>
        <div className="grow" />
        <ul className={css.legend} aria-label={words.legend}>
          {linkStates.filter(state => state !== 'paused').map(state => <li key={state}><StateMark state={state} size={10} />{words.stateWords[state]}</li>)}
        </ul>
      </div>
      <div className={css.content}>{content()}</div>
    </WithPanel>
  );
}
