import { Button } from '@fluentui/react-components';
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { ChevronRightRegular } from '@fluentui/react-icons/svg/chevron-right';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useDrafts } from '../../../app/drafts';
import { useSession } from '../../../app/session';
import { State } from '../../../parts/State';
import { kindById, type Kind } from '../../../registry';
import { texts } from '../../../texts';
import { newDocument } from '../../create/newDocument';
import css from './Guide.module.css';
import { doneSteps, nextStep, sideOf, stepIds, type Federation, type StepId } from './steps';
import type { Link } from '../../../parts/links/links';
import { useFederation } from './useFederation';

const words = texts.home.guide;
const settings = '/Subsystems/FederationSubsystem/configuration';

/** Five steps to a federation; each checks itself. Where a federation is there, it is folded away. */
export function Guide({ links }: { links: readonly Link[] | undefined }) {
  const federation = useFederation(links);
  const done = doneSteps(federation);
  const [choice, setChoice] = useState<boolean | undefined>();
  // Whether it was all there when the page opened decides; the last tick does not fold it away under a person's eyes.
  const [wasThere, setWasThere] = useState<boolean | undefined>();
  if (done && wasThere === undefined) setWasThere(nextStep(done) === undefined || (links?.length ?? 0) > 0);
  if (!done || wasThere === undefined) return null;
  const isOpen = choice ?? !wasThere;
  const next = nextStep(done);
  return (
    <section className={css.guide} aria-labelledby="guide">
      <button type="button" className={css.head} aria-expanded={isOpen} aria-controls="guide-steps" onClick={() => setChoice(!isOpen)}>
        {isOpen ? <ChevronDownRegular aria-hidden /> : <ChevronRightRegular aria-hidden />}
        <h2 id="guide">{words.title}</h2>
        <span className="hint">{next === undefined ? words.allDone : words.progress(done.size, stepIds.length)}</span>
      </button>
      {isOpen && (
        <ol id="guide-steps" className={css.steps}>
          {stepIds.map((step, index) => <Step key={step} step={step} number={index + 1} isDone={done.has(step)} isNext={step === next} federation={federation} />)}
        </ol>
      )}
    </section>
  );
}

interface StepProperties { step: StepId; number: number; isDone: boolean; isNext: boolean; federation: Federation }

function Step({ step, number, isDone, isNext, federation }: StepProperties) {
  const { server } = useSession();
  const side = sideOf(federation.links ?? []);
  const other = federation.links?.[0]?.server ?? words.otherServer;
  const found = { name: words.named(federation.serverName ?? ''), link: words.linked(other), publish: words.published(federation.published ?? 0, federation.offered ?? 0), proxy: words.bound((federation.bound ?? 0) + (federation.subscribed ?? 0)), row: words.rows(federation.rows ?? 0) }[step];
  return (
    <li className={css.step} data-done={isDone || undefined} data-next={isNext || undefined} aria-current={isNext ? 'step' : undefined}>
      <span className={css.mark} aria-hidden>{isDone ? <CheckmarkCircleFilled /> : number}</span>
      <div className={css.text}>
        <b>{words.steps[step].title}{isDone && <span className="hidden">, {words.done}</span>}</b>
        {isDone ? <span className="hint">{found}</span> : <span className={isNext ? undefined : 'hint'}>{words.steps[step].hint(server.name, other, side)}</span>}
        {!isDone && step === 'link' && federation.links?.map(link => <span key={`${link.server} ${link.role}`} className="row"><State state={link.state} extra={link.server} /><span className="hint">{link.reason}</span></span>)}
        {isNext && <Actions step={step} side={side} />}
      </div>
    </li>
  );
}

/** The ways to the pages where a step is done, with what is known filled in. */
function Actions({ step, side }: { step: StepId; side: ReturnType<typeof sideOf> }) {
  const navigate = useNavigate();
  const edit = useDrafts(drafts => drafts.edit);
  const go = (to: string) => () => void navigate(to);
  const publish = () => {
    edit(newDocument(kindById('Streams') as Kind), {}, 'published', true);
    void navigate('/new/Streams?template=Stream');
  };
  const actions: Record<StepId, readonly (readonly [label: string, run: () => void])[]> = {
    name: [[words.openSettings, go(settings)]],
    link: [[words.addSubscriber, go(`${settings}/subscribers/new`)], [words.makeKey, go('/new/ApplicationKeys')]],
    publish: [[words.makeStream, publish], [words.chooseStream, go('/browse/Streams')]],
    proxy: side === 'publishes' ? [[words.showSessions, go('/monitoring/sessions?show=servers')]] : [[words.makeRemote, go('/new/Streams?choose=RemoteStream')]],
    row: [[words.openStreams, go('/browse/Streams')]],
  };
  return <div className={css.actions}>{actions[step].map(([label, run], index) => <Button key={label} size="small" appearance={index === 0 ? 'primary' : 'secondary'} onClick={run}>{label}</Button>)}</div>;
}
