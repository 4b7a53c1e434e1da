import { Input } from '@fluentui/react-components';
import { useState } from 'react';
import { resultOf, text } from '../../../api/infotable';
import { live } from '../../../api/live';
import { invoke } from '../../../api/services';
import { ShowKey } from '../../../parts/entities/ShowKey';
import { FormField } from '../../../parts/FormField';
import { localTime } from '../../../parts/format';
import { Picker } from '../../../parts/Picker';
import { kindById, type Kind } from '../../../registry';
import { texts } from '../../../texts';
import type { NewPart, NewPartProperties } from './types';

const users = kindById('Users') as Kind;
const words = texts.create.key;
const day = 86_400_000;
const usualDays = 365;

const usualEnd = (): number => Math.floor((live.serverNow() + usualDays * day) / 60_000) * 60_000;

function KeyFields({ values, errors, set }: NewPartProperties) {
  const [usual] = useState(usualEnd);
  const ends = typeof values['expirationDate'] === 'number' ? values['expirationDate'] : usual;
  return (
    <>
      <FormField label={words.user} isRequired hint={words.userHint}><Picker kind={users} value={text(values, 'user')} onChange={value => set('user', value)} /></FormField>
      <FormField label={words.expires} hint={words.expiresHint} error={errors['expirationDate'] || undefined}>
        <Input type="datetime-local" value={localTime(ends)} onChange={(_, data) => { if (data.value !== '') set('expirationDate', new Date(data.value).getTime()); }} />
      </FormField>
      <FormField label={words.addresses} hint={words.addressesHint}><Input value={text(values, 'whitelist')} onChange={(_, data) => set('whitelist', data.value)} /></FormField>
    </>
  );
}

/** The key of what has just been made: the server gives it once. */
const FirstKey = ({ name, onDone }: { name: string; onDone: () => void }) => (
  <ShowKey name={name} read={() => invoke('ApplicationKeys', name, 'GetKeyID').then(table => String(resultOf(table) ?? ''))} onDone={onDone} />
);

/** An application key: for whom, how long, from where; then the key, once. */
export const applicationKey: NewPart = {
  Fields: KeyFields,
  faults: values => ({
    ...(text(values, 'user') === '' ? { user: '' } : {}),
    ...(typeof values['expirationDate'] === 'number' && values['expirationDate'] <= live.serverNow() ? { expirationDate: words.past } : {}),
  }),
  args: values => ({ user: text(values, 'user'), expirationDate: values['expirationDate'] ?? usualEnd(), ...(text(values, 'whitelist') === '' ? {} : { whitelist: text(values, 'whitelist') }) }),
  Last: FirstKey,
};
