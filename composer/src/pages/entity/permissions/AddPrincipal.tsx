import { Button, Combobox, Option, Select } from '@fluentui/react-components';
import { useState } from 'react';
import type { EntityDocument } from '../../../api/entities';
import { text } from '../../../api/infotable';
import { useEntity } from '../../../api/lists';
import { membersOf, rowsAt } from '../../../api/members';
import { FormField } from '../../../parts/FormField';
import { Picker } from '../../../parts/Picker';
import { kindOfType } from '../../../registry';
import { texts } from '../../../texts';
import type { RowKey } from './PermissionTable';
import css from './PermissionsTab.module.css';
import type { PrincipalType, Sort } from './permissionDraft';

const words = texts.permissions;

/** Chooses a user or group, at run time also the member it is about; for visibility an organization or one of its units. */
export function AddPrincipal({ entity, sort, onAdd, onClose }: { entity: EntityDocument; sort: Sort; onAdd: (row: RowKey) => void; onClose: () => void }) {
  const isVisibility = sort === 'Visibility';
  const [type, setType] = useState<PrincipalType>(isVisibility ? 'Organization' : 'Group');
  const [principal, setPrincipal] = useState('');
  const [unit, setUnit] = useState('');
  const [resource, setResource] = useState('*');
  const kind = kindOfType(type);
  const row: RowKey = isVisibility && unit !== '' ? { resource: '', principalType: 'OrganizationalUnit', principal: `${principal}:${unit}` } : { resource: sort === 'RunTime' ? resource : '', principalType: type, principal };
  return (
    <form className={css.add} onSubmit={event => { event.preventDefault(); if (principal !== '') onAdd(row); }}>
      {!isVisibility && <FormField label={words.type}><Select value={type} onChange={(_, data) => { setType(data.value as PrincipalType); setPrincipal(''); }}><option value="Group">{words.group}</option><option value="User">{words.user}</option></Select></FormField>}
      {kind && <FormField label={isVisibility ? words.organization : type === 'User' ? words.user : words.group} isRequired><Picker key={type} kind={kind} value={principal} onChange={name => { setPrincipal(name); setUnit(''); }} /></FormField>}
      {isVisibility && <Units organization={principal} value={unit} onChange={setUnit} />}
      {sort === 'RunTime' && <FormField label={words.about}><MemberChoice entity={entity} value={resource} onChange={setResource} /></FormField>}
      <Button type="submit" size="small" appearance="primary" disabled={principal === ''}>{texts.members.add}</Button>
      <Button size="small" onClick={onClose}>{texts.actions.cancel}</Button>
    </form>
  );
}

/** The units of an organization; the whole of it where none is chosen. */
function Units({ organization, value, onChange }: { organization: string; value: string; onChange: (unit: string) => void }) {
  const known = useEntity('Organizations', organization, organization !== '');
  const units = known.data ? rowsAt(known.data.all, 'units').map(row => text(row, 'name')) : [];
  return <FormField label={words.unit}><Select value={value} disabled={units.length === 0} onChange={(_, data) => onChange(data.value)}><option value="">{words.whole}</option>{units.map(unit => <option key={unit}>{unit}</option>)}</Select></FormField>;
}

const mostOffered = 60;

/** All members, or one: a property, service or event. */
function MemberChoice({ entity, value, onChange, ...control }: { entity: EntityDocument; value: string; onChange: (name: string) => void }) {
  const [typed, setTyped] = useState<string>();
  const { properties, services, events } = membersOf(entity);
  const sought = (typed ?? '').toLowerCase();
  const all = [...properties.map(one => [one.name, words.property] as const), ...services.map(one => [one.name, words.service] as const), ...events.map(one => [one.name, words.event] as const)];
  const found = all.filter(([name]) => name.toLowerCase().includes(sought)).slice(0, mostOffered);
  return (
    <Combobox
      {...control} freeform size="small" value={typed ?? (value === '*' ? words.allMembers : value)} selectedOptions={[value]} onChange={event => setTyped(event.target.value)}
      onOptionSelect={(_, { optionValue }) => { setTyped(undefined); onChange(optionValue ?? '*'); }} onBlur={() => setTyped(undefined)}
    >
      {sought === '' && <Option value="*" text={words.allMembers}>{words.allMembers}</Option>}
      {found.map(([name, what]) => <Option key={`${what}/${name}`} value={name} text={name}>{name}<span className="dim" style={{ marginLeft: 8 }}>{what}</span></Option>)}
    </Combobox>
  );
}
