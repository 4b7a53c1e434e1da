import type { ServiceDefinition } from '../../../../api/definitions';
import { useRuns } from '../../../../app/runs';
import { formatClock, formatDuration } from '../../../../parts/format';
import { texts } from '../../../../texts';
import { describe, type Inputs } from './inputs';
import css from './RunDialog.module.css';

/** What was run before; a click fills its inputs in again. */
export function EarlierRuns({ of: key, service, onRefill }: { of: string; service: ServiceDefinition; onRefill: (inputs: Inputs) => void }) {
  const runs = useRuns(state => state.runs)[key] ?? [];
  if (runs.length === 0) return null;
  return (
    <section className={css.before} aria-label={texts.run.before}>
      <h3>{texts.run.before}</h3>
      {runs.map(run => {
        const what = describe(service, run.inputs);
        return (
          <button key={run.time} type="button" className={css.earlier} title={what} onClick={() => onRefill(run.inputs)}>
            <span className="mono dim">{formatClock(run.time)}</span><span className={css.what}>{what}</span><span className="dim num">{run.hasFailed ? texts.run.failed : formatDuration(run.duration)}</span>
          </button>
        );
      })}
    </section>
  );
}
