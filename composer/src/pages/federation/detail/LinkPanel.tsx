import { Button } from '@fluentui/react-components';
import { useNavigate } from 'react-router';
import { useSession } from '../../../app/session';
import { Age } from '../../../parts/Age';
import { EmptyState } from '../../../parts/EmptyState';
import { Facts } from '../../../parts/Facts';
import { formatBytes, formatCount, formatDuration } from '../../../parts/format';
import { agreementOf, endsOf, works, type Link } from '../../../parts/links/links';
import { LinkState } from '../../../parts/links/LinkState';
import { useBoundThings } from '../../../parts/links/useLinks';
import { Server } from '../../../parts/Server';
import { SidePanel } from '../../../parts/SidePanel';
import { texts } from '../../../texts';
import css from './Detail.module.css';
import { History } from './History';
import { ParkedWrites } from './ParkedWrites';
import { ThingsHere, ThingsThere } from './Things';

/** All that is known of one link: how it stands, what that means, what to do, what happened. `name` is what the address calls it. */
export function LinkPanel({ link, name, onClose }: { link: Link | undefined; name: string; onClose: () => void }) {
  const words = texts.federation;
  const here = useSession().server.name;
  const things = useBoundThings({ isWanted: link?.role === 'Publisher' })?.filter(thing => thing.server === link?.server);
  if (!link) return <SidePanel title={name} label={words.noLink(name)} onClose={onClose}><EmptyState title={words.noLink(name)} hint={words.noLinkHint} /></SidePanel>;
  const { publisher, subscriber } = endsOf(link, here);
  const title = <span className={css.title}><Server name={publisher} here={link.role === 'Subscriber'} /><span className="dim">{words.publishesTo}</span><Server name={subscriber} here={link.role === 'Publisher'} /></span>;
  return (
    <SidePanel title={title} label={words.linkOf(publisher, subscriber)} onClose={onClose}>
      <Standing link={link} here={here} />
      {link.parked > 0 && <ParkedWrites link={link} things={things} />}
      <Numbers link={link} />
      <History link={link} />
      {link.role === 'Publisher' ? <ThingsHere things={things} /> : <ThingsThere link={link} />}
    </SidePanel>
  );
}

function Standing({ link, here }: { link: Link; here: string }) {
  const words = texts.federation;
  const navigate = useNavigate();
  const agreement = agreementOf(link);
  const ends = { here, other: link.server };
  const isPublisher = link.role === 'Publisher';
  const toDo = (isPublisher ? words.doOfPublisher : words.doOfSubscriber)[link.state](ends);
  return (
    <section className={css.standing} aria-label={words.columns.state}>
      {link.loss !== '' && <div className={css.loss}><h3>{words.loss(link.server)}</h3><p>{link.loss}</p></div>}
      {agreement === 'differs' && link.otherView && (
        <div className={css.differ} data-live>
          <h3>{words.differ}</h3>
          <p>{words.differDetail(here, link.state, link.server, link.otherView.state, link.otherView.reason)}</p>
        </div>
      )}
      <div className="row">
        <LinkState of={link} />
        {works(link.state) && <span className="hint" data-live>{words.for} <Age time={link.since} /></span>}
        <div className="grow" />
        {agreement !== 'differs' && <span className="hint" data-live>{agreement === 'same' ? words.saysSame(link.server) : link.otherView ? words.saidLast(link.server, link.otherView.state) : words.notHeard(link.server)}</span>}
      </div>
      <h3 className={css.headline} data-live>{words.headline[link.state](link.waiting, link.server)}</h3>
      {link.reason !== '' && <p className={css.reason} data-live>{link.reason}</p>}
      <p className="hint">{(isPublisher ? words.meansOfPublisher : words.meansOfSubscriber)[link.state](ends)}</p>
      {toDo !== '' && <p className={css.todo}>{toDo}</p>}
      {!isPublisher && toDo !== '' && <div><Button size="small" onClick={() => void navigate(`/Subsystems/FederationSubsystem/configuration/subscribers/${encodeURIComponent(link.server)}`)}>{words.openRow(link.server)}</Button></div>}
    </section>
  );
}

function Numbers({ link }: { link: Link }) {
  const { facts, ...words } = texts.federation;
  const isUp = link.pipes > 0 && link.roundTrip !== undefined && link.longestRoundTrip !== undefined;
  return (
    <div data-live className="num">
      <Facts facts={[
        [facts.proof, link.lastProof === undefined ? words.never : <><Age time={link.lastProof} /> {words.ago}</>],
        [facts.trip, isUp ? words.tripOf(formatDuration(link.roundTrip ?? 0), formatDuration(link.longestRoundTrip ?? 0)) : undefined],
        [facts.pipes, words.open(link.pipes)],
        [facts.things, formatCount(link.things)],
        ...(link.role === 'Publisher' ? [
          [facts.waiting, link.waiting === 0 ? formatCount(0) : words.waitingOf(link.waiting, formatBytes(link.waitingBytes))] as const,
          [facts.oldest, link.oldest === undefined ? undefined : <Age time={link.oldest} />] as const,
          [facts.parked, formatCount(link.parked)] as const,
        ] : []),
        [facts.version, link.version === '' ? undefined : words.version(link.version)],
      ]}
      />
    </div>
  );
}
