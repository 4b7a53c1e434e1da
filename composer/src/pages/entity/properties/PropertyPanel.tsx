import { Button, Input } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { useState } from 'react';
import type { EntityDocument } from '../../../api/entities';
import { useEntityDraft } from '../../../app/entityDraft';
import { ErrorBar } from '../../../parts/ErrorBar';
import { FormField } from '../../../parts/FormField';
import { SidePanel } from '../../../parts/SidePanel';
import { texts } from '../../../texts';
import { InheritedNote } from '../members/InheritedNote';
import { fieldOf } from '../members/memberDraft';
import { nameFault } from '../members/useMemberPanel';
import type { PropertyLine } from './PropertiesTab';
import { newProperty, propertyForm, propertyGroup } from './propertyDraft';
import { PropertyFields } from './PropertyFields';
import { SetValue } from './SetValue';

interface Properties {
  entity: EntityDocument;
  /** Undefined for a new one. */
  line: PropertyLine | undefined;
  isTaken: (name: string) => boolean;
  onShow: (name: string | undefined) => void;
}

/** One property: its value and its definition, or a new one. */
export function PropertyPanel({ entity, line, isTaken, onShow }: Properties) {
  const draft = useEntityDraft();
  return line ? <Known entity={entity} line={line} onClose={() => onShow(undefined)} draft={draft} /> : <Fresh isTaken={isTaken} onShow={onShow} draft={draft} />;
}

function Known({ entity, line, onClose, draft }: { entity: EntityDocument; line: PropertyLine; onClose: () => void; draft: ReturnType<typeof useEntityDraft> }) {
  const { member, edited } = line;
  const field = fieldOf(propertyGroup, member.name);
  const form = edited?.value ?? propertyForm(member);
  const isRemoved = edited?.state === 'removed';
  const isFixed = draft.readOnly !== undefined || !edited || isRemoved;
  const put = (next: typeof form) => draft.set(field, next);
  const foot = edited && draft.readOnly === undefined && (isRemoved
    ? <Button onClick={() => put(edited.value)}>{texts.members.keep}</Button>
    : <Button icon={<DeleteRegular />} onClick={() => { draft.set(field, null); if (edited.state === 'new') onClose(); }}>{texts.properties.remove}</Button>);
  return (
    <SidePanel title={member.name} label={texts.properties.panel(member.name)} foot={foot} onClose={onClose}>
      <ErrorBar error={edited?.error} isBare />
      {isRemoved && <p className="hint">{texts.members.goesOnSave}</p>}
      {entity.kind === 'Things' && edited?.state !== 'new' && <SetValue key={member.name} thing={entity} line={line} />}
      {!edited && <InheritedNote source={member.source} />}
      <PropertyFields form={form} isReadOnly={isFixed} isNew={edited?.state === 'new'} onChange={put} isChanged={name => edited?.state === 'changed' && edited.saved !== undefined && edited.saved[name] !== form[name]} />
    </SidePanel>
  );
}

function Fresh({ isTaken, onShow, draft }: { isTaken: (name: string) => boolean; onShow: (name: string | undefined) => void; draft: ReturnType<typeof useEntityDraft> }) {
  const [name, setName] = useState('');
  const [form, setForm] = useState(newProperty);
  const fault = nameFault(name, isTaken);
  const canAdd = name !== '' && fault === undefined && draft.readOnly === undefined;
  const add = () => {
    if (!canAdd) return;
    draft.set(fieldOf(propertyGroup, name), form);
    onShow(name);
  };
  return (
    <SidePanel
      title={texts.properties.add} label={texts.properties.add} onClose={() => onShow(undefined)}
      foot={<><Button appearance="primary" disabled={!canAdd} onClick={add}>{texts.members.add}</Button><Button onClick={() => onShow(undefined)}>{texts.actions.cancel}</Button></>}
    >
      <form style={{ display: 'contents' }} onSubmit={event => { event.preventDefault(); add(); }}>
        <div data-first><FormField label={texts.properties.name} isRequired error={fault}><Input value={name} onChange={(_, data) => setName(data.value)} /></FormField></div>
        <PropertyFields form={form} isNew onChange={setForm} />
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
      <p className="hint">{texts.members.savedWithSave}</p>
    </SidePanel>
  );
}
