import { Button, Switch } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { FlashRegular } from '@fluentui/react-icons/svg/flash';
import { useMemo, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { membersOf, type MemberSource, type SubscribedEvent } from '../../../api/members';
import { entityKey, useEntityDraft } from '../../../app/entityDraft';
import { useShortcut } from '../../../frame/shortcuts';
import { useStatus } from '../../../frame/status';
import { EmptyState } from '../../../parts/EmptyState';
import { ColumnChoice, DataGrid, type GridColumn } from '../../../parts/grid';
import { Toolbar } from '../../../parts/Toolbar';
import type { EntityTabProps } from '../../../registry';
import { texts } from '../../../texts';
import { fieldOf, membersIn, type DraftMember } from '../members/memberDraft';
import { NameCell } from '../members/NameCell';
import { NameDialog } from '../members/NameDialog';
import { SourceCell } from '../members/SourceCell';
import css from './SubscriptionsTab.module.css';
import { eventWords, newSubscription, subscriptionGroup, switchGroup } from './subscriptionDraft';
import { SubscriptionEditor } from './SubscriptionEditor';

export { draft } from './subscriptionDraft';

interface Line {
  readonly name: string;
  readonly description: string;
  readonly events: readonly SubscribedEvent[];
  readonly isEnabled: boolean;
  readonly isOrdered: boolean;
  readonly source: MemberSource;
  readonly isOwn: boolean;
  readonly state: DraftMember<unknown>['state'];
  readonly error: string | undefined;
}

const words = texts.subscriptions;

/** Scripts that run when an event happens; `subscriptions/<name>/edit` in the address opens one. */
export default function SubscriptionsTab({ entity }: EntityTabProps) {
  const draft = useEntityDraft();
  const navigate = useNavigate();
  const [name = '', action] = (useParams()['*'] ?? '').split('/').map(decodeURIComponent);
  const [isAsking, setIsAsking] = useState(false);
  const base = `${entityKey(entity.kind, entity.name)}/subscriptions`;
  const open = (which: string) => void navigate(`${base}/${encodeURIComponent(which)}/edit`);
  const lines = useMemo(() => linesOf(entity, draft), [entity, draft]);
  const columns = columnsOf(entity.kind === 'Things', draft.readOnly !== undefined, open, (which, isOn) => {
    const own = membersIn(draft, subscriptionGroup).find(one => one.name === which);
    if (own) draft.set(fieldOf(subscriptionGroup, which), { ...own.value, enabled: isOn });
    else draft.set(fieldOf(switchGroup, which), isOn);
  });
  useStatus(words.count(lines.length));
  useShortcut({ keys: 'N', does: words.add, isOff: draft.readOnly !== undefined || action === 'edit' }, () => setIsAsking(true));

  if (action === 'edit') return <SubscriptionEditor entity={entity} name={name} />;
  return (
    <div className={css.page}>
      <Toolbar end={<ColumnChoice id="subscriptions" columns={columns} />}>
        <Button appearance="primary" icon={<AddRegular />} disabled={draft.readOnly !== undefined} title={draft.readOnly} onClick={() => setIsAsking(true)}>{words.add}</Button>
      </Toolbar>
      <DataGrid
        id="subscriptions" label={words.title} rows={lines} columns={columns} keyOf={one => one.name} onOpen={one => { if (one.isOwn) open(one.name); }}
        empty={<EmptyState icon={FlashRegular} title={words.none} hint={words.noneHint} {...(draft.readOnly === undefined ? { action: { label: words.add, run: () => setIsAsking(true), isPrimary: true } } : {})} />}
      />
      {isAsking && <NameDialog title={words.add} isTaken={which => lines.some(one => one.name === which)} onClose={() => setIsAsking(false)} onName={which => { draft.set(fieldOf(subscriptionGroup, which), newSubscription); open(which); }} />}
    </div>
  );
}

function linesOf(entity: EntityTabProps['entity'], draft: ReturnType<typeof useEntityDraft>): Line[] {
  const switches = new Map(membersIn(draft, switchGroup).map(one => [one.name, one]));
  const own = membersIn(draft, subscriptionGroup).map(({ name, value, state, error }): Line => ({
    name, description: value.description, events: value.events, isEnabled: value.enabled, isOrdered: value.ordered, source: { name: entity.name, type: entity.type }, isOwn: true, state, error,
  }));
  const inherited = membersOf(entity).subscriptions.filter(one => !one.isOwn && own.every(mine => mine.name !== one.name)).map((one): Line => {
    const switched = switches.get(one.name);
    return { ...one, isEnabled: switched?.value ?? one.isEnabled, state: switched?.state ?? 'same', error: switched?.error };
  });
  return [...own, ...inherited];
}

function columnsOf(isThing: boolean, isReadOnly: boolean, open: (name: string) => void, turn: (name: string, isOn: boolean) => void): GridColumn<Line>[] {
  return [
    { id: 'name', title: words.name, width: 200, grow: 1, value: one => one.name, cell: one => (one.isOwn ? <NameCell name={one.name} state={one.state} error={one.error} onOpen={() => open(one.name)} /> : <span title={words.switchHint}>{one.name}</span>) },
    { id: 'events', title: words.events, width: 240, grow: 2, value: one => eventWords(one.events), cell: one => <span title={eventWords(one.events)}>{eventWords(one.events) || <span className="dim">{words.noEvent}</span>}</span> },
    {
      id: 'enabled', title: words.runs, width: 100, value: one => one.isEnabled,
      cell: one => <Switch className={css.switch} aria-label={words.switchLabel(one.name)} title={!one.isOwn && isThing ? words.switchHint : undefined} checked={one.isEnabled} disabled={isReadOnly || one.state === 'removed' || (!one.isOwn && !isThing)} onChange={(_, data) => turn(one.name, data.checked)} />,
    },
    { id: 'ordered', title: words.orderTitle, width: 110, drop: 2, value: one => one.isOrdered, cell: one => <span className="dim">{one.isOrdered ? words.ordering : ''}</span> },
    { id: 'source', title: texts.members.from, width: 150, drop: 1, value: one => (one.isOwn ? '' : one.source.name), cell: one => <SourceCell source={one.source} isOwn={one.isOwn} /> },
    { id: 'description', title: words.description, width: 160, grow: 1, drop: 3, value: one => one.description, cell: one => <span className="dim" title={one.description}>{one.description}</span> },
  ];
}
