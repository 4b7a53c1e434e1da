import { Button, Checkbox, Input, Select, Textarea } from '@fluentui/react-components';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { useState } from 'react';
import type { EntityDocument } from '../../../api/entities';
import { isNumeric } from '../../../api/filter';
import { text } from '../../../api/infotable';
import { membersOf } from '../../../api/members';
import { invoke } from '../../../api/services';
import { useEntityDraft } from '../../../app/entityDraft';
import { tell } from '../../../frame/status';
import { ErrorBar, sentenceOf } from '../../../parts/ErrorBar';
import { FormField } from '../../../parts/FormField';
import { NumberInput } from '../../../parts/NumberInput';
import { SidePanel } from '../../../parts/SidePanel';
import { ValueInput } from '../../../parts/values/ValueInput';
import { texts } from '../../../texts';
import { plainField } from '../members/fieldForm';
import { fieldOf } from '../members/memberDraft';
import { nameFault } from '../members/useMemberPanel';
import css from '../members/members.module.css';
import { alertGroup, alertKey, alertNames, alertTypes, inclusions, limitsOf, type AlertForm } from './alertDraft';
import type { AlertLine } from './AlertsTab';

const words = texts.alerts;

interface Properties { entity: EntityDocument; line: AlertLine | undefined; isTaken: (key: string) => boolean; onShow: (key: string | undefined) => void }

/** One alert: how it stands, when it fires; or a new one. */
export const AlertPanel = ({ entity, line, isTaken, onShow }: Properties) =>
  line ? <Known entity={entity} line={line} onClose={() => onShow(undefined)} /> : <Fresh entity={entity} isTaken={isTaken} onShow={onShow} />;

function Known({ entity, line, onClose }: { entity: EntityDocument; line: AlertLine; onClose: () => void }) {
  const draft = useEntityDraft();
  const { key, form, edited } = line;
  const [property, name] = alertNames(key);
  const isRemoved = edited?.state === 'removed';
  const field = fieldOf(alertGroup, key);
  const foot = draft.readOnly === undefined && edited && (isRemoved
    ? <Button onClick={() => draft.set(field, edited.value)}>{texts.members.keep}</Button>
    : <Button icon={<DeleteRegular />} onClick={() => { draft.set(field, null); if (edited.state === 'new') onClose(); }}>{words.remove}</Button>);
  return (
    <SidePanel title={name} label={words.panel(name)} foot={foot} onClose={onClose}>
      <ErrorBar error={edited?.error} isBare />
      {isRemoved && <p className="hint">{texts.members.goesOnSave}</p>}
      {!edited && <p className={css.reason}>{words.inheritedHint}</p>}
      {text(line.status, 'status') === 'active' || text(line.status, 'status') === 'unacknowledged' ? <Acknowledge entity={entity} line={line} property={property} /> : null}
      <AlertFields entity={entity} property={property} form={form} isReadOnly={draft.readOnly !== undefined || isRemoved} onChange={next => draft.set(field, next)} />
    </SidePanel>
  );
}

/** Takes note of the alerts of a property: counts at once. */
function Acknowledge({ entity, line, property }: { entity: EntityDocument; line: AlertLine; property: string }) {
  const [note, setNote] = useState('');
  const [error, setError] = useState<string>();
  const isNoted = line.status?.['acknowledged'] === true;
  const acknowledge = async () => {
    setError(undefined);
    try {
      await invoke('Things', entity.name, 'AcknowledgeAlert', { property, message: note });
      tell(words.acknowledged(`${entity.name}.${property}`));
    } catch (failure) {
      setError(sentenceOf(failure));
    }
  };
  return (
    <section className={css.section} aria-label={words.status}>
      <h3>{words.status}</h3>
      <div>{text(line.status, 'message')}</div>
      {isNoted ? <p className="hint">{words.noted}</p> : (
        <form style={{ display: 'grid', gap: 8 }} onSubmit={event => { event.preventDefault(); void acknowledge(); }}>
          <FormField label={words.note} error={error} hint={words.noteHint(property)}><Input value={note} onChange={(_, data) => setNote(data.value)} /></FormField>
          <div><Button type="submit" size="small">{words.acknowledge}</Button></div>
        </form>
      )}
    </section>
  );
}

function Fresh({ entity, isTaken, onShow }: { entity: EntityDocument; isTaken: (key: string) => boolean; onShow: (key: string | undefined) => void }) {
  const draft = useEntityDraft();
  const [name, setName] = useState('');
  const [property, setProperty] = useState('');
  const [form, setForm] = useState<AlertForm>({ alertType: 'Above', description: '', enabled: true, priority: 1, limits: {} });
  const fault = nameFault(name, which => property !== '' && isTaken(alertKey(property, which)));
  const canAdd = name !== '' && property !== '' && fault === undefined && draft.readOnly === undefined && limitsOf(form.alertType).every(limit => form.limits[limit] !== undefined && form.limits[limit] !== '');
  const add = () => {
    if (!canAdd) return;
    draft.set(fieldOf(alertGroup, alertKey(property, name)), form);
    onShow(alertKey(property, name));
  };
  return (
    <SidePanel title={words.add} label={words.add} onClose={() => onShow(undefined)} foot={<><Button appearance="primary" disabled={!canAdd} onClick={add}>{texts.members.add}</Button><Button onClick={() => onShow(undefined)}>{texts.actions.cancel}</Button></>}>
      <form style={{ display: 'contents' }} onSubmit={event => { event.preventDefault(); add(); }}>
        <div data-first><FormField label={texts.members.name} isRequired error={fault}><Input value={name} onChange={(_, data) => setName(data.value)} /></FormField></div>
        <FormField label={words.property} isRequired>
          <Select value={property} onChange={(_, data) => setProperty(data.value)}><option value="">{texts.bindings.chooseProperty}</option>{membersOf(entity).properties.map(one => <option key={one.name}>{one.name}</option>)}</Select>
        </FormField>
        <AlertFields entity={entity} property={property} form={form} isReadOnly={false} onChange={setForm} />
      </form>
      <p className="hint">{texts.members.savedWithSave}</p>
    </SidePanel>
  );
}

function AlertFields({ entity, property, form, isReadOnly, onChange }: { entity: EntityDocument; property: string; form: AlertForm; isReadOnly: boolean; onChange: (form: AlertForm) => void }) {
  const baseType = membersOf(entity).properties.find(one => one.name === property)?.baseType ?? 'NUMBER';
  const put = (change: Partial<AlertForm>) => onChange({ ...form, ...change });
  const putLimit = (name: string, value: AlertForm['limits'][string]) => put({ limits: { ...form.limits, [name]: value } });
  // Only numbers and times can be above or between something.
  const types = Object.keys(alertTypes).filter(type => isNumeric(baseType) || baseType === 'DATETIME' || type === 'EqualTo' || type === 'NotEqualTo');
  return (
    <section className={css.section} aria-label={words.when}>
      <h3>{words.when}</h3>
      <FormField label={words.type}>
        <Select value={form.alertType} disabled={isReadOnly} onChange={(_, data) => put({ alertType: data.value })}>{!types.includes(form.alertType) && <option>{form.alertType}</option>}{types.map(type => <option key={type}>{type}</option>)}</Select>
      </FormField>
      {limitsOf(form.alertType).map(limit => (
        <div key={limit}>
          <FormField label={(form.alertType.startsWith('Deviation') ? words.deviationFields : words.limitFields)[limit]} isRequired>
            {isNumeric(baseType) ? <NumberInput isReadOnly={isReadOnly} value={typeof form.limits[limit] === 'number' ? form.limits[limit] : null} onChange={value => putLimit(limit, value ?? '')} />
              : isReadOnly ? <Input readOnly value={String(form.limits[limit] ?? '')} /> : <ValueInput field={plainField(limit, baseType)} value={form.limits[limit]} onChange={value => putLimit(limit, value ?? '')} />}
          </FormField>
          {limit !== 'value' && <Checkbox label={words.included} checked={form.limits[inclusions[limit]] !== false} disabled={isReadOnly} onChange={(_, data) => putLimit(inclusions[limit], data.checked === true)} />}
        </div>
      ))}
      <div className={css.pair}>
        <FormField label={words.priority}><NumberInput isWhole isReadOnly={isReadOnly} value={form.priority} onChange={priority => put({ priority: priority ?? 1 })} /></FormField>
        <FormField label={words.enabled}><Checkbox checked={form.enabled} disabled={isReadOnly} onChange={(_, data) => put({ enabled: data.checked === true })} /></FormField>
      </div>
      <FormField label={texts.properties.description}><Textarea rows={2} resize="vertical" readOnly={isReadOnly} value={form.description} onChange={(_, data) => put({ description: data.value })} /></FormField>
    </section>
  );
}
