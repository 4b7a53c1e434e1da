import { Button, Input, Textarea } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { FlashRegular } from '@fluentui/react-icons/svg/flash';
import { useMemo, useState } from 'react';
import { Link } from 'react-router';
import { membersOf, type EventMember } from '../../../api/members';
import { entityKey, useEntityDraft } from '../../../app/entityDraft';
import { useShortcut } from '../../../frame/shortcuts';
import { useStatus } from '../../../frame/status';
import { EmptyState } from '../../../parts/EmptyState';
import { ErrorBar } from '../../../parts/ErrorBar';
import { FormField } from '../../../parts/FormField';
import { ColumnChoice, DataGrid, type GridColumn } from '../../../parts/grid';
import { Picker } from '../../../parts/Picker';
import { SidePanel, WithPanel } from '../../../parts/SidePanel';
import { Toolbar } from '../../../parts/Toolbar';
import { kindById, type EntityTabProps } from '../../../registry';
import { texts } from '../../../texts';
import { InheritedNote } from '../members/InheritedNote';
import { fieldOf, membersIn, type DraftMember } from '../members/memberDraft';
import { NameCell } from '../members/NameCell';
import { SourceCell } from '../members/SourceCell';
import { nameFault, useMemberPanel } from '../members/useMemberPanel';
import { eventGroup, type EventDefinitionForm } from './eventDraft';

export { draft } from './eventDraft';

const words = texts.events;

interface Line { readonly member: EventMember; readonly edited: DraftMember<EventDefinitionForm> | undefined }

/** Events that a Thing can fire: what they carry, and who defines them. */
export default function EventsTab({ entity }: EntityTabProps) {
  const draft = useEntityDraft();
  const [shown, show] = useMemberPanel('event');
  const lines = useMemo(() => {
    const edited = new Map(membersIn(draft, eventGroup).map(one => [one.name, one]));
    const known = membersOf(entity).events;
    const fresh = [...edited.values()].filter(one => known.every(event => event.name !== one.name));
    const all: EventMember[] = [...fresh.map(({ name, value }) => ({ name, ...value, source: { name: entity.name, type: entity.type }, isOwn: true })), ...[...known].sort((a, b) => Number(b.isOwn) - Number(a.isOwn))];
    return all.map((member): Line => ({ member, edited: edited.get(member.name) }));
  }, [entity, draft]);
  const columns = useMemo(() => columnsOf(show), [show]);
  const line = shown ? lines.find(one => one.member.name === shown) : undefined;
  useStatus(words.count(lines.length));
  useShortcut({ keys: 'N', does: words.add, isOff: draft.readOnly !== undefined }, () => show(''));
  return (
    <WithPanel panel={shown === '' ? <Fresh isTaken={name => lines.some(one => one.member.name === name)} onShow={show} /> : line && <Known key={line.member.name} line={line} onClose={() => show(undefined)} />}>
      <Toolbar end={<ColumnChoice id="events" columns={columns} />}>
        <Button appearance="primary" icon={<AddRegular />} disabled={draft.readOnly !== undefined} title={draft.readOnly} onClick={() => show('')}>{words.add}</Button>
      </Toolbar>
      <DataGrid id="events" label={words.title} rows={lines} columns={columns} keyOf={one => one.member.name} onOpen={one => show(one.member.name)} current={line?.member.name} empty={<EmptyState icon={FlashRegular} title={words.none} hint={words.noneHint} />} />
    </WithPanel>
  );
}

function columnsOf(show: (name: string) => void): GridColumn<Line>[] {
  return [
    { id: 'name', title: texts.members.name, width: 220, grow: 1, value: one => one.member.name, cell: one => <NameCell name={one.member.name} state={one.edited?.state ?? 'same'} error={one.edited?.error} onOpen={() => show(one.member.name)} /> },
    { id: 'dataShape', title: texts.properties.dataShape, width: 200, grow: 0.5, value: one => one.member.dataShape, cell: one => <ShapeLink name={one.member.dataShape} /> },
    { id: 'source', title: texts.members.from, width: 160, drop: 1, value: one => (one.member.isOwn ? '' : one.member.source.name), cell: one => <SourceCell source={one.member.source} isOwn={one.member.isOwn} /> },
    { id: 'description', title: texts.properties.description, width: 220, grow: 2, drop: 2, value: one => one.member.description, cell: one => <span className="dim" title={one.member.description}>{one.member.description}</span> },
  ];
}

const ShapeLink = ({ name }: { name: string }) => (name === '' ? <span className="dim">{words.noData}</span> : <Link to={entityKey('DataShapes', name)}>{name}</Link>);

function Known({ line: { member, edited }, onClose }: { line: Line; onClose: () => void }) {
  const draft = useEntityDraft();
  const field = fieldOf(eventGroup, member.name);
  const isNew = edited?.state === 'new';
  const foot = edited && draft.readOnly === undefined && (edited.state === 'removed'
    ? <Button onClick={() => draft.set(field, edited.value)}>{texts.members.keep}</Button>
    : <Button icon={<DeleteRegular />} onClick={() => { draft.set(field, null); if (isNew) onClose(); }}>{words.remove}</Button>);
  return (
    <SidePanel title={member.name} label={words.panel(member.name)} foot={foot} onClose={onClose}>
      <ErrorBar error={edited?.error} isBare />
      {edited?.state === 'removed' && <p className="hint">{texts.members.goesOnSave}</p>}
      {!edited && <InheritedNote source={member.source} />}
      {edited && !isNew && <p className="hint">{words.stays}</p>}
      <EventFields form={edited?.value ?? member} isReadOnly={!isNew || draft.readOnly !== undefined} onChange={form => draft.set(field, form)} />
    </SidePanel>
  );
}

function Fresh({ isTaken, onShow }: { isTaken: (name: string) => boolean; onShow: (name: string | undefined) => void }) {
  const draft = useEntityDraft();
  const [name, setName] = useState('');
  const [form, setForm] = useState<EventDefinitionForm>({ dataShape: '', description: '', category: '' });
  const fault = nameFault(name, isTaken);
  const canAdd = name !== '' && fault === undefined && draft.readOnly === undefined;
  const add = () => {
    if (!canAdd) return;
    draft.set(fieldOf(eventGroup, name), form);
    onShow(name);
  };
  return (
    <SidePanel title={words.add} label={words.add} onClose={() => onShow(undefined)} foot={<><Button appearance="primary" disabled={!canAdd} onClick={add}>{texts.members.add}</Button><Button onClick={() => onShow(undefined)}>{texts.actions.cancel}</Button></>}>
      <form style={{ display: 'contents' }} onSubmit={event => { event.preventDefault(); add(); }}>
        <div data-first><FormField label={texts.members.name} isRequired error={fault}><Input value={name} onChange={(_, data) => setName(data.value)} /></FormField></div>
        <EventFields form={form} isReadOnly={false} onChange={setForm} />
      </form>
      <p className="hint">{texts.members.savedWithSave}</p>
    </SidePanel>
  );
}

function EventFields({ form, isReadOnly, onChange }: { form: EventDefinitionForm; isReadOnly: boolean; onChange: (form: EventDefinitionForm) => void }) {
  const shapes = kindById('DataShapes');
  const put = (change: Partial<EventDefinitionForm>) => onChange({ dataShape: form.dataShape, description: form.description, category: form.category, ...change });
  return (
    <>
      {shapes && <FormField label={texts.properties.dataShape} hint={isReadOnly ? undefined : words.shapeHint}><Picker kind={shapes} value={form.dataShape} isReadOnly={isReadOnly} onChange={dataShape => put({ dataShape })} /></FormField>}
      <FormField label={texts.properties.description}><Textarea rows={2} resize="vertical" readOnly={isReadOnly} value={form.description} onChange={(_, data) => put({ description: data.value })} /></FormField>
      <FormField label={texts.properties.category}><Input readOnly={isReadOnly} value={form.category} onChange={(_, data) => put({ category: data.value })} /></FormField>
    </>
  );
}
