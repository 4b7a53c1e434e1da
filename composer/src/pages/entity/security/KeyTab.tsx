import { Button, Input } from '@fluentui/react-components';
import { useState } from 'react';
import { number, resultOf, text } from '../../../api/infotable';
import { live } from '../../../api/live';
import { invoke } from '../../../api/services';
import { useEntityDraft } from '../../../app/entityDraft';
import { saveEach } from '../../../app/saving';
import { confirm } from '../../../parts/confirm';
import { ShowKey } from '../../../parts/entities/ShowKey';
import { ErrorBar } from '../../../parts/ErrorBar';
import { formatAge, formatTime, localTime } from '../../../parts/format';
import { FormField } from '../../../parts/FormField';
import { Picker } from '../../../parts/Picker';
import { kindById, type DraftPart, type EntityTabProps, type Kind } from '../../../registry';
import { texts } from '../../../texts';
import css from './SecurityTab.module.css';

const users = kindById('Users') as Kind;
const words = texts.security;
const labels = texts.create.key;

/** Whose key it is, how long, from where; a new key in place of the present one. */
export default function KeyTab({ entity }: EntityTabProps) {
  const draft = useEntityDraft();
  const isReadOnly = draft.readOnly !== undefined;
  const [fresh, setFresh] = useState<string | undefined>();
  const [error, setError] = useState<unknown>();
  const ends = Number(draft.values['expirationDate'] ?? 0);
  const left = ends - live.serverNow();
  const field = (id: string) => ({ error: draft.errors[id], isChanged: draft.isChanged(id) });
  const valueOf = (id: string) => String(draft.values[id] ?? '');
  const replace = async () => {
    if (!await confirm({ title: words.replaceTitle(entity.name), detail: words.replaceDetail, action: words.replaceDo(entity.name), isDangerous: true })) return;
    setError(undefined);
    try {
      setFresh(String(resultOf(await invoke('ApplicationKeys', entity.name, 'RotateKey')) ?? ''));
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <form className={css.page} autoComplete="off" onSubmit={event => event.preventDefault()}>
      <FormField label={labels.user} hint={labels.userHint} isRequired {...field('userName')}><Picker kind={users} value={valueOf('userName')} isReadOnly={isReadOnly} onChange={value => draft.set('userName', value)} /></FormField>
      <FormField label={labels.expires} hint={left > 0 ? words.ends(formatAge(left)) : words.ended(formatAge(-left))} {...field('expirationDate')}>
        <Input type="datetime-local" readOnly={isReadOnly} value={localTime(ends)} onChange={(_, data) => { if (data.value !== '') draft.set('expirationDate', new Date(data.value).getTime()); }} />
      </FormField>
      <FormField label={labels.addresses} hint={labels.addressesHint} {...field('ipWhitelist')}><Input readOnly={isReadOnly} value={valueOf('ipWhitelist')} onChange={(_, data) => draft.set('ipWhitelist', data.value)} /></FormField>
      <FormField label={words.clientName} hint={words.clientNameHint} {...field('clientName')}><Input readOnly={isReadOnly} value={valueOf('clientName')} onChange={(_, data) => draft.set('clientName', data.value)} /></FormField>
      <section className={css.rotate} aria-label={words.replace}>
        <p className="hint">{words.replaceHint}</p>
        <ErrorBar error={error} isBare />
        <Button disabled={isReadOnly} title={draft.readOnly} onClick={() => void replace()}>{words.replace}</Button>
      </section>
      {fresh !== undefined && <ShowKey name={entity.name} read={() => Promise.resolve(fresh)} onDone={() => setFresh(undefined)} />}
    </form>
  );
}

const saving = {
  userName: { label: labels.user, service: 'SetUserName', parameter: 'name' },
  expirationDate: { label: labels.expires, service: 'SetExpirationDate', parameter: 'expirationDate' },
  ipWhitelist: { label: labels.addresses, service: 'SetIPWhitelist', parameter: 'ipWhitelist' },
  clientName: { label: words.clientName, service: 'SetClientName', parameter: 'name' },
};

const isSaved = (field: string): field is keyof typeof saving => field in saving;

/** Each field is saved by its own service. */
export const draft: DraftPart = {
  read: ({ all }) => ({ userName: text(all, 'userName'), expirationDate: number(all, 'expirationDate') ?? 0, ipWhitelist: text(all, 'ipWhitelist'), clientName: text(all, 'clientName') }),
  label: field => (isSaved(field) ? saving[field].label : field),
  show: (field, value) => (field === 'expirationDate' && typeof value === 'number' ? formatTime(value) : undefined),
  save: (entity, changes) => saveEach(Object.entries(changes).filter(([field]) => isSaved(field)).map(([field, value]) => {
    const { service, parameter } = saving[field as keyof typeof saving];
    return [field, () => invoke('ApplicationKeys', entity.name, service, { [parameter]: value })] as const;
  })),
};
