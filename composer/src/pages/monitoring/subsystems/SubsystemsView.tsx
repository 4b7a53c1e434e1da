import { SettingsRegular } from '@fluentui/react-icons/svg/settings';
import { useMemo } from 'react';
import { flag, text } from '../../../api/infotable';
import { useLiveRows } from '../../../api/useLiveRows';
import { useAddress } from '../../../app/useAddress';
import { useStatus } from '../../../frame/status';
import { EmptyState } from '../../../parts/EmptyState';
import { ErrorBar } from '../../../parts/ErrorBar';
import { DataGrid, type GridColumn } from '../../../parts/grid';
import { WithPanel } from '../../../parts/SidePanel';
import { RowSkeletons } from '../../../parts/Skeletons';
import { texts } from '../../../texts';
import css from '../Monitoring.module.css';
import { SubsystemPanel } from './SubsystemPanel';
import { useMetrics } from './useMetrics';

const words = texts.monitoring.subsystems;

/** A subsystem as the list shows it. */
export interface Subsystem { readonly name: string; readonly description: string; readonly isRunning: boolean; readonly canStop: boolean }

/** The subsystems with their state; the panel beside starts and stops one and shows its figures. */
export default function SubsystemsView() {
  const [address, put] = useAddress();
  const { rows, error } = useLiveRows('Resources/SubsystemMonitoring', 'GetSubsystemStatus', {}, 1_000);
  const subsystems = useMemo(() => rows?.map((row): Subsystem => ({ name: text(row, 'name'), description: text(row, 'description'), isRunning: text(row, 'status') === 'running', canStop: flag(row, 'canStop') })), [rows]);
  const names = useMemo(() => subsystems?.map(one => one.name) ?? [], [subsystems]);
  const metrics = useMetrics(names);
  const shown = subsystems?.find(one => one.name === address.get('of'));
  const open = (name: string) => put({ of: name });
  const columns = useMemo((): GridColumn<Subsystem>[] => [
    { id: 'name', title: texts.browse.name, value: one => one.name, cell: one => <button type="button" className={`${css.open ?? ''} ${css.name ?? ''}`} tabIndex={-1} onClick={() => open(one.name)}>{one.name}</button>, width: 240, grow: 1 },
    { id: 'state', title: words.state, value: one => words.states(one.isRunning), cell: one => (one.isRunning ? words.states(true) : <b style={{ color: 'var(--s-paused-fg)', fontWeight: 600 }}>{words.states(false)}</b>), width: 90 },
    { id: 'description', title: texts.browse.description, value: one => one.description, cell: one => <span className="dim" title={one.description}>{one.description}</span>, width: 240, grow: 3, drop: 1 },
    { id: 'figures', title: words.figures, value: one => metrics.get(one.name)?.length ?? 0, align: 'end', width: 90, drop: 2 },
  ], [metrics]);
  useStatus(subsystems ? words.count(subsystems.length, subsystems.filter(one => !one.isRunning).length) : '');
  return (
    <>
      <ErrorBar error={error} />
      <WithPanel panel={shown && <SubsystemPanel key={shown.name} subsystem={shown} metrics={metrics.get(shown.name)} onClose={() => open('')} />}>
        {subsystems === undefined && error === undefined ? <RowSkeletons /> : (
          <DataGrid id="subsystems" label={words.title} rows={subsystems ?? []} columns={columns} keyOf={one => one.name} onOpen={one => open(one.name)} current={shown?.name} empty={<EmptyState icon={SettingsRegular} title={words.none} />} />
        )}
      </WithPanel>
    </>
  );
}
