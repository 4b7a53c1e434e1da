import { CheckmarkRegular } from '@fluentui/react-icons/svg/checkmark';
import { DismissCircleRegular } from '@fluentui/react-icons/svg/dismiss-circle';
import { WarningRegular } from '@fluentui/react-icons/svg/warning';
import { texts } from '../../../../texts';
import css from './Subscriber.module.css';
import type { Step, StepResult } from './useSubscriberTest';

const icons = { passed: CheckmarkRegular, warned: WarningRegular, failed: DismissCircleRegular };
const colours = { passed: 'var(--s-live-fg)', warned: 'var(--s-delayed-fg)', failed: 'var(--s-down-fg)' };

/** How a step went, as a sign. */
export function StepMark({ result }: { result: Exclude<StepResult, 'skipped'> }) {
  const Icon = icons[result];
  return <Icon className={css.mark} color={colours[result]} role="img" aria-label={texts.subscriber.results[result]} />;
}

/** The steps of the way that were gone. */
export function Steps({ steps }: { steps: readonly Step[] }) {
  return (
    <ul className={css.steps} aria-label={texts.subscriber.way}>
      {steps.map(({ step, result, text }) => result === 'skipped' ? null : <li key={step}><StepMark result={result} /><span>{texts.subscriber.steps[step] ?? step}</span><span className="dim num">{text}</span></li>)}
    </ul>
  );
}
