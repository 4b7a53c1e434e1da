import { Button } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { AlertRegular } from '@fluentui/react-icons/svg/alert';
import { CheckmarkRegular } from '@fluentui/react-icons/svg/checkmark';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { text, time, type Row } from '../../../api/infotable';
import { useLive } from '../../../api/live';
import { invoke } from '../../../api/services';
import { useEntityDraft } from '../../../app/entityDraft';
import { keys } from '../../../app/queries';
import { useShortcut } from '../../../frame/shortcuts';
import { tell } from '../../../frame/status';
import { Age } from '../../../parts/Age';
import { EmptyState } from '../../../parts/EmptyState';
import { ErrorBar } from '../../../parts/ErrorBar';
import { ColumnChoice, DataGrid, type GridColumn } from '../../../parts/grid';
import { Segments } from '../../../parts/Segments';
import { WithPanel } from '../../../parts/SidePanel';
import { Toolbar } from '../../../parts/Toolbar';
import { ToolButton } from '../../../parts/ToolButton';
import type { EntityTabProps } from '../../../registry';
import { texts } from '../../../texts';
import { membersIn, type DraftMember } from '../members/memberDraft';
import { NameCell } from '../members/NameCell';
import { useMemberPanel } from '../members/useMemberPanel';
import { AlertHistory } from './AlertHistory';
import { AlertPanel } from './AlertPanel';
import { alertGroup, alertKey, alertNames, limitsOf, readAlert, type AlertForm } from './alertDraft';
import css from './AlertsTab.module.css';

export { draft } from './alertDraft';

const words = texts.alerts;

/** An alert as the list shows it. */
export interface AlertLine { readonly key: string; readonly form: AlertForm; readonly edited: DraftMember<AlertForm> | undefined; readonly status: Row | undefined }

/** Alerts of properties: when each fires, how it stands now, what happened. */
export default function AlertsTab({ entity }: EntityTabProps) {
  const draft = useEntityDraft();
  const isThing = entity.kind === 'Things';
  const isRunning = isThing && entity.all['enabled'] === true;
  const [address, setAddress] = useSearchParams();
  const [shown, show] = useMemberPanel('alert');
  const [statuses, setStatuses] = useState<readonly Row[]>([]);
  const [failure, setFailure] = useState<unknown>();
  const view = isThing && address.get('view') === 'history' ? 'history' : 'definitions';
  const all = useQuery({ queryKey: [...keys.entity(entity.kind, entity.name), 'alerts'], queryFn: ({ signal }) => invoke(entity.kind, entity.name, 'GetAlertDefinitions', {}, signal) });
  useLive(isRunning ? { topic: 'result', entity: `Things/${entity.name}`, service: 'GetAlertStatuses', every: 1_000 } : undefined, event => setStatuses(event?.rows ?? []), setFailure);
  const lines = useMemo(() => linesOf(all.data?.rows ?? [], membersIn(draft, alertGroup), statuses), [all.data, draft, statuses]);
  const columns = useMemo(() => columnsOf(isThing, show), [isThing, show]);
  const line = shown ? lines.find(one => one.key === shown) : undefined;
  const open = lines.filter(one => one.status && isOpen(one.status));

  const acknowledge = async () => {
    setFailure(undefined);
    try {
      await invoke('Things', entity.name, 'AcknowledgeAllAlerts', {});
      tell(words.acknowledged(entity.name));
    } catch (error) {
      setFailure(error);
    }
  };
  useShortcut({ keys: 'N', does: words.add, isOff: draft.readOnly !== undefined }, () => show(''));
  return (
    <WithPanel panel={view === 'definitions' && (shown === '' || line) ? <AlertPanel key={line?.key ?? ''} entity={entity} line={line} isTaken={key => lines.some(one => one.key === key)} onShow={show} /> : undefined}>
      <Toolbar
        end={<>
          {isThing && <Segments label={words.view} value={view} choices={[{ value: 'definitions', label: words.definitions }, { value: 'history', label: words.history }]} onChange={next => setAddress(next === 'history' ? { view: 'history' } : {}, { replace: true })} />}
          {view === 'definitions' && <ColumnChoice id="alerts" columns={columns} />}
        </>}
      >
        <Button appearance="primary" icon={<AddRegular />} disabled={draft.readOnly !== undefined} title={draft.readOnly} onClick={() => show('')}>{words.add}</Button>
        {isThing && <ToolButton icon={CheckmarkRegular} label={words.acknowledgeAll} disabled={open.length === 0} hint={open.length === 0 ? words.noneOpen : undefined} onClick={() => void acknowledge()} />}
      </Toolbar>
      <ErrorBar error={failure ?? all.error} />
      {view === 'history' ? <AlertHistory thing={entity.name} /> : (
        <DataGrid
          id="alerts" label={words.title} rows={lines} columns={columns} keyOf={one => one.key} onOpen={one => show(one.key)} current={line?.key}
          empty={<EmptyState icon={AlertRegular} title={words.none} hint={words.noneHint} {...(draft.readOnly === undefined ? { action: { label: words.add, run: () => show(''), isPrimary: true } } : {})} />}
        />
      )}
    </WithPanel>
  );
}

const isOpen = (status: Row): boolean => text(status, 'status') === 'unacknowledged' || (text(status, 'status') === 'active' && status['acknowledged'] !== true);

function linesOf(known: readonly Row[], edited: readonly DraftMember<AlertForm>[], statuses: readonly Row[]): AlertLine[] {
  const statusOf = new Map(statuses.map(row => [alertKey(text(row, 'property'), text(row, 'name')), row]));
  const own = edited.map((one): AlertLine => ({ key: one.name, form: one.value, edited: one, status: statusOf.get(one.name) }));
  const inherited = known.map(row => ({ key: alertKey(text(row, 'property'), text(row, 'name')), form: readAlert(row) })).filter(one => own.every(mine => mine.key !== one.key));
  return [...own, ...inherited.map(one => ({ ...one, edited: undefined, status: statusOf.get(one.key) }))];
}

/** When an alert fires, in words. */
export const limitWords = (form: AlertForm): string => limitsOf(form.alertType).map(limit => `${words.limits[limit]} ${String(form.limits[limit] ?? '–')}`).join(', ');

function columnsOf(isThing: boolean, show: (key: string) => void): GridColumn<AlertLine>[] {
  return [
    { id: 'name', title: texts.members.name, width: 140, grow: 1, value: one => alertNames(one.key)[1], cell: one => <NameCell name={alertNames(one.key)[1]} state={one.edited?.state ?? 'same'} error={one.edited?.error} onOpen={() => show(one.key)} /> },
    ...(isThing ? [{ id: 'status', title: words.status, width: 190, value: (one: AlertLine) => text(one.status, 'status'), cell: (one: AlertLine) => <Status status={one.status} /> }] : []),
    { id: 'property', title: words.property, width: 120, grow: 0.5, value: one => alertNames(one.key)[0] },
    { id: 'type', title: words.type, width: 120, drop: 5, value: one => one.form.alertType },
    { id: 'limit', title: words.limit, width: 150, grow: 1, drop: 4.5, cell: one => <span className="num" title={limitWords(one.form)}>{limitWords(one.form)}</span> },
    { id: 'priority', title: words.priority, width: 80, align: 'end', drop: 3, value: one => one.form.priority },
    { id: 'enabled', title: words.enabled, width: 90, drop: 1, value: one => one.form.enabled, cell: one => (one.form.enabled ? texts.yes : <span className="dim">{texts.no}</span>) },
    { id: 'own', title: texts.members.from, width: 110, drop: 2, cell: one => <span className="dim">{one.edited ? texts.members.here : words.inherited}</span> },
    { id: 'description', title: texts.properties.description, width: 150, grow: 1, drop: 6, value: one => one.form.description, cell: one => <span className="dim" title={one.form.description}>{one.form.description}</span> },
  ];
}

/** How an alert stands, since when, and whether somebody took note. */
function Status({ status }: { status: Row | undefined }) {
  const state = text(status, 'status');
  const since = time(status, 'timestamp');
  if (state === '') return <span className="dim">–</span>;
  return (
    <span className={css.status} data-live data-state={state} title={text(status, 'message')}>
      <b>{words.states[state] ?? state}</b>
      {since !== undefined && <Age time={since} />}
      {state === 'active' && <span className="dim">{status?.['acknowledged'] === true ? words.noted : words.notNoted}</span>}
    </span>
  );
}
