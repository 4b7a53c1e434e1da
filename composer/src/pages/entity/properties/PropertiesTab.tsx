import { Button } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { PlugConnectedRegular } from '@fluentui/react-icons/svg/plug-connected';
import { SlideTextRegular } from '@fluentui/react-icons/svg/slide-text';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { membersOf, type PropertyMember } from '../../../api/members';
import { useEntityDraft } from '../../../app/entityDraft';
import { useStatus } from '../../../frame/status';
import { useShortcut } from '../../../frame/shortcuts';
import { EmptyState } from '../../../parts/EmptyState';
import { ErrorBar } from '../../../parts/ErrorBar';
import { FilterBox } from '../../../parts/FilterBox';
import { ColumnChoice, DataGrid, type GridColumn } from '../../../parts/grid';
import { WithPanel } from '../../../parts/SidePanel';
import { Toolbar } from '../../../parts/Toolbar';
import { ToolButton } from '../../../parts/ToolButton';
import type { EntityTabProps } from '../../../registry';
import { texts } from '../../../texts';
import { anyGroup, fieldOf, memberDraft, membersIn, type DraftMember } from '../members/memberDraft';
import { NameCell } from '../members/NameCell';
import { SourceCell } from '../members/SourceCell';
import { useMemberPanel } from '../members/useMemberPanel';
import css from '../members/members.module.css';
import { bindingGroups, localPropertyGroup, remotePropertyGroup } from './bindingDraft';
import { BindingsPanel } from './BindingsPanel';
import { LiveCell } from './LiveCell';
import { LiveValuesContext, useLiveValues } from './liveValues';
import { propertyGroup, type PropertyForm } from './propertyDraft';
import { PropertyPanel } from './PropertyPanel';

/** A property as the list shows it: inherited, its own, or not saved yet. */
export interface PropertyLine {
  readonly member: PropertyMember;
  readonly edited: DraftMember<PropertyForm> | undefined;
  readonly boundTo: string | undefined;
  readonly isRemote: boolean;
}

/** Definitions of properties and, on Things, their values as they change. */
export default function PropertiesTab({ entity }: EntityTabProps) {
  const draft = useEntityDraft();
  const isThing = entity.kind === 'Things';
  const [address, setAddress] = useSearchParams();
  const [shown, show] = useMemberPanel('property');
  const [refusal, setRefusal] = useState<string>();
  const live = useLiveValues(isThing ? entity.name : undefined, setRefusal);
  const filter = address.get('q') ?? '';
  const isBinding = address.has('bindings') && entity.kind !== 'ThingShapes';
  const lines = useMemo(() => linesOf(entity, draft), [entity, draft]);
  const matching = useMemo(() => lines.filter(({ member }) => [member.name, member.description, member.category, member.baseType].some(words => words.toLowerCase().includes(filter.toLowerCase()))), [lines, filter]);
  const columns = useMemo(() => columnsOf(isThing, show), [isThing, show]);
  const line = shown ? lines.find(one => one.member.name === shown) : undefined;
  const canRemove = line?.edited !== undefined && line.edited.state !== 'removed' && draft.readOnly === undefined;

  const put = (name: string, value: string | undefined) => setAddress(current => {
    const next = new URLSearchParams(current);
    if (value === undefined || (name === 'q' && value === '')) next.delete(name); else next.set(name, value);
    if (name === 'bindings') next.delete('property');
    return next;
  }, { replace: true });
  const add = () => { put('bindings', undefined); show(''); };
  const remove = () => {
    if (!line?.edited) return;
    draft.set(fieldOf(propertyGroup, line.member.name), null);
    if (line.edited.state === 'new') show(undefined);
  };

  useStatus(texts.properties.count(lines.length, lines.filter(one => one.edited !== undefined).length));
  useShortcut({ keys: 'N', does: texts.properties.add, isOff: draft.readOnly !== undefined }, add);
  useShortcut({ keys: 'Delete', does: texts.properties.remove, isOff: !canRemove }, remove);

  const panel = isBinding ? <BindingsPanel entity={entity} onClose={() => put('bindings', undefined)} />
    : shown === '' || line ? <PropertyPanel key={line?.member.name ?? ''} entity={entity} line={line} isTaken={name => lines.some(one => one.member.name === name)} onShow={show} />
      : undefined;
  return (
    <LiveValuesContext value={live}>
      <WithPanel panel={panel}>
        <Toolbar end={<><FilterBox value={filter} label={texts.properties.filter} onChange={q => put('q', q)} /><ColumnChoice id={`properties-${isThing ? 'thing' : 'template'}`} columns={columns} /></>}>
          <Button appearance="primary" icon={<AddRegular />} disabled={draft.readOnly !== undefined} title={draft.readOnly} onClick={add}>{texts.properties.add}</Button>
          {entity.kind !== 'ThingShapes' && <ToolButton icon={PlugConnectedRegular} label={texts.bindings.manage} onClick={() => put('bindings', '')} />}
        </Toolbar>
        <ErrorBar error={refusal} />
        <DataGrid
          id={`properties-${isThing ? 'thing' : 'template'}`} label={texts.properties.title} rows={matching} columns={columns} keyOf={one => one.member.name} onOpen={one => show(one.member.name)} current={line?.member.name}
          empty={filter === ''
            ? <EmptyState icon={SlideTextRegular} title={texts.properties.none} hint={texts.properties.noneHint} {...(draft.readOnly === undefined ? { action: { label: texts.properties.add, run: add, isPrimary: true } } : {})} />
            : <EmptyState icon={SlideTextRegular} title={texts.properties.noneMatch} hint={texts.browse.noneMatchHint(filter)} action={{ label: texts.browse.clearFilter, run: () => put('q', '') }} />}
        />
      </WithPanel>
    </LiveValuesContext>
  );
}

/** Definitions and bindings are saved together. */
export const draft = memberDraft([anyGroup(propertyGroup), ...bindingGroups]);

function linesOf(entity: EntityTabProps['entity'], draft: ReturnType<typeof useEntityDraft>): PropertyLine[] {
  const edited = new Map(membersIn(draft, propertyGroup).map(one => [one.name, one]));
  const remote = new Map(membersIn(draft, remotePropertyGroup).filter(one => one.state !== 'removed').map(one => [one.name, one.value.sourceName]));
  const local = new Map(membersIn(draft, localPropertyGroup).filter(one => one.state !== 'removed').map(one => [one.name, `${one.value.sourceThing}.${one.value.sourceProperty}`]));
  const identifier = typeof entity.all['identifier'] === 'string' ? entity.all['identifier'] : '';
  const there = (name: string) => { const source = remote.get(name); return source === undefined ? local.get(name) : identifier === '' ? source : texts.bindings.there(source, identifier); };
  const known = membersOf(entity).properties;
  const fresh = [...edited.values()].filter(one => known.every(property => property.name !== one.name));
  const own = { name: entity.name, type: entity.type };
  const all: PropertyMember[] = [
    ...fresh.map(({ name, value }) => ({ name, description: value.description, category: value.category, baseType: value.baseType, aspects: {}, source: own, isOwn: true })),
    ...[...known].sort((a, b) => Number(b.isOwn) - Number(a.isOwn)),
  ];
  return all.map(member => ({ member, edited: edited.get(member.name), boundTo: there(member.name), isRemote: remote.has(member.name) }));
}

function columnsOf(isThing: boolean, show: (name: string) => void): GridColumn<PropertyLine>[] {
  const definition = ({ member, edited }: PropertyLine) => edited?.value ?? { description: member.description, category: member.category, ...flagsOf(member) };
  return [
    { id: 'name', title: texts.properties.name, width: 190, grow: 1, value: one => one.member.name, cell: one => <NameCell name={one.member.name} state={one.edited?.state ?? 'same'} error={one.edited?.error} onOpen={() => show(one.member.name)} /> },
    { id: 'baseType', title: texts.properties.baseType, width: 130, value: one => one.member.baseType, cell: one => <span className="mono dim">{one.member.baseType}</span> },
    ...(isThing ? [{ id: 'value', title: texts.properties.value, width: 230, grow: 1, cell: one => <LiveCell property={one.member} boundTo={one.boundTo} isRemote={one.isRemote} /> } satisfies GridColumn<PropertyLine>] : []),
    {
      id: 'flags', title: texts.properties.kept, width: 200, drop: 4,
      cell: one => { const is = definition(one); return <span className={css.flags}>{is.persistent && <i>{texts.properties.persistent}</i>}{is.logged && <i>{texts.properties.logged}</i>}{is.readOnly && <i>{texts.properties.readOnly}</i>}</span>; },
    },
    { id: 'boundTo', title: texts.properties.boundTo, width: 150, grow: 0.5, drop: 3, value: one => one.boundTo, cell: one => <span className="mono dim" title={one.boundTo}>{one.boundTo}</span> },
    { id: 'source', title: texts.members.from, width: 140, drop: 2, value: one => (one.member.isOwn ? '' : one.member.source.name), cell: one => <SourceCell source={one.member.source} isOwn={one.member.isOwn} /> },
    { id: 'category', title: texts.properties.category, width: 110, drop: 6, value: one => definition(one).category, cell: one => <span className="dim">{definition(one).category}</span> },
    { id: 'description', title: texts.properties.description, width: 160, grow: 1, drop: 5, value: one => definition(one).description, cell: one => <span className="dim" title={definition(one).description}>{definition(one).description}</span> },
  ];
}

const flagsOf = ({ aspects }: PropertyMember) => ({ persistent: aspects['isPersistent'] === true, logged: aspects['isLogged'] === true, readOnly: aspects['isReadOnly'] === true });
