import { Button } from '@fluentui/react-components';
import { useMutation } from '@tanstack/react-query';
import { Link } from 'react-router';
import { invoke } from '../../../api/services';
import { entityKey } from '../../../app/entityDraft';
import { tell } from '../../../frame/status';
import { confirm } from '../../../parts/confirm';
import { ErrorBar } from '../../../parts/ErrorBar';
import { formatCount } from '../../../parts/format';
import { SidePanel } from '../../../parts/SidePanel';
import { Spark } from '../../../parts/Spark';
import { texts } from '../../../texts';
import css from '../Monitoring.module.css';
import type { Subsystem } from './SubsystemsView';
import type { Metric } from './useMetrics';

const words = texts.monitoring.subsystems;
type Action = 'Start' | 'Stop' | 'Restart' | 'ResetPerformanceMetrics';

/** Starts, stops and restarts a subsystem, and shows its figures since the page was opened. */
export function SubsystemPanel({ subsystem: { name, description, isRunning, canStop }, metrics, onClose }: { subsystem: Subsystem; metrics: readonly Metric[] | undefined; onClose: () => void }) {
  const act = useMutation({ mutationFn: (action: Action) => invoke('Subsystems', name, action), onSuccess: (_, action) => tell(words.done[action](name)) });
  const ask = async (action: 'Stop' | 'Restart') => {
    if (await confirm({ title: words.ask[action](name), detail: words.stops[name] ?? description, action: words.ask[action](name), isDangerous: action === 'Stop' })) act.mutate(action);
  };
  const why = canStop ? undefined : words.permanent;
  return (
    <SidePanel title={name} label={words.panel(name)} onClose={onClose}>
      <span>{description} <Link className={css.link} to={entityKey('Subsystems', name)}>{words.settings}</Link></span>
      <div className={css.buttons}>
        {isRunning
          ? <Button size="small" disabled={!canStop || act.isPending} title={why} onClick={() => void ask('Stop')}>{words.stop}</Button>
          : <Button size="small" appearance="primary" disabled={act.isPending} onClick={() => act.mutate('Start')}>{words.start}</Button>}
        <Button size="small" disabled={!canStop || !isRunning || act.isPending} title={why} onClick={() => void ask('Restart')}>{words.restart}</Button>
        <Button size="small" disabled={!metrics?.length || act.isPending} title={words.resetHint} onClick={() => act.mutate('ResetPerformanceMetrics')}>{words.reset}</Button>
      </div>
      {why && <span className="hint">{why}</span>}
      <ErrorBar error={act.error} isBare />
      {metrics?.length === 0 && <span className="hint">{words.noFigures}</span>}
      {metrics && metrics.length > 0 && (
        <table className={css.metrics}>
          <tbody data-live>
            {metrics.map(metric => (
              <tr key={metric.name}>
                <th scope="row"><div>{metric.name}</div><div className="hint">{metric.description}</div></th>
                <td><b>{figure(metric.value)}</b></td>
                <td><Spark values={rise(metric.history)} label={words.spark(metric.name, figure(Math.min(...metric.history)), figure(Math.max(...metric.history)))} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </SidePanel>
  );
}

const figure = (value: number): string => (Number.isInteger(value) ? formatCount(value) : value.toPrecision(3));

// A counter far from zero would be a flat line: its rise is what tells.
const rise = (history: readonly number[]): readonly number[] => {
  const low = Math.min(...history);
  return low > Math.max(...history) / 2 ? history.map(value => value - low) : history;
};
