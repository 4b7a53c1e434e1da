import { StarFilled, StarRegular } from '@fluentui/react-icons/svg/star';
import { texts } from '../../../texts';
import css from './Articles.module.css';

const steps = [1, 2, 3, 4, 5];

/** The average of all votes, and a vote of one's own. */
export function Stars({ rating, votes, refusal, onRate }: { rating: number; votes: number; refusal?: string | undefined; onRate: (stars: number) => void }) {
  return (
    <span className={css.stars} role="group" aria-label={texts.pages.rating(rating.toFixed(1), votes)} title={texts.pages.rating(rating.toFixed(1), votes)}>
      {steps.map(step => {
        const isOn = votes > 0 && step <= Math.round(rating);
        return <button key={step} type="button" data-on={isOn || undefined} aria-label={texts.pages.rate(step)} disabled={refusal !== undefined} title={refusal} onClick={() => onRate(step)}>{isOn ? <StarFilled aria-hidden /> : <StarRegular aria-hidden />}</button>;
      })}
      {votes > 0 && <span className="num">{rating.toFixed(1)}</span>}
    </span>
  );
}
