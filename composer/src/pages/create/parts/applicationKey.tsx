import { Button, Checkbox, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Input } from '@fluentui/react-components';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import { useEffect, useState } from 'react';
import { resultOf, text } from '../../../api/infotable';
import { live } from '../../../api/live';
import { invoke } from '../../../api/services';
import { ErrorBar } from '../../../parts/ErrorBar';
import { FormField } from '../../../parts/FormField';
import { Picker } from '../../../parts/Picker';
import { kindById, type Kind } from '../../../registry';
import { texts } from '../../../texts';
import css from './parts.module.css';
import type { NewPart, NewPartProperties } from './types';

const users = kindById('Users') as Kind;
const words = texts.create.key;
const day = 86_400_000;
const usualDays = 365;

// As an input of date and time writes it, in the zone of this browser.
const localTime = (time: number): string => new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
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

/** Shows the key, once: who closes it has said that it is stored. */
function ShowKey({ name, onDone }: { name: string; onDone: () => void }) {
  const [key, setKey] = useState('');
  const [error, setError] = useState<unknown>();
  const [isCopied, setIsCopied] = useState(false);
  const [isStored, setIsStored] = useState(false);
  useEffect(() => {
    let isWanted = true;
    // The server gives it once, so it is asked for once: a second effect of the same page waits for the first answer.
    askOnce(name).then(given => { if (isWanted) setKey(given); }, (failure: unknown) => { if (isWanted) setError(failure); });
    return () => { isWanted = false; };
  }, [name]);
  const copy = () => void navigator.clipboard.writeText(key).then(() => setIsCopied(true), () => setIsCopied(false));
  return (
    <Dialog open modalType="alert">
      <DialogSurface className={css.key}>
        <DialogBody>
          <DialogTitle>{words.shown(name)}</DialogTitle>
          <DialogContent>
            <p>{words.shownHint}</p>
            <ErrorBar error={error} isBare />
            {error === undefined && (
              <FormField label={words.key}>
                <Input readOnly value={key} input={{ style: { fontFamily: 'var(--fontFamilyMonospace)' } }} onFocus={event => event.target.select()} contentAfter={<Button size="small" appearance="subtle" icon={<CopyRegular />} disabled={key === ''} onClick={copy}>{isCopied ? words.copied : words.copy}</Button>} />
              </FormField>
            )}
            <Checkbox label={words.stored} checked={isStored} disabled={key === '' && error === undefined} onChange={(_, data) => setIsStored(data.checked === true)} />
          </DialogContent>
          <DialogActions><Button appearance="primary" disabled={!isStored && error === undefined} onClick={onDone}>{texts.actions.close}</Button></DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

const asked = new Map<string, Promise<string>>();

function askOnce(name: string): Promise<string> {
  const running = asked.get(name);
  if (running) return running;
  const answer = invoke('ApplicationKeys', name, 'GetKeyID').then(table => String(resultOf(table) ?? ''));
  asked.set(name, answer);
  // Not kept: what is shown is gone from here when the dialog closes.
  void answer.finally(() => setTimeout(() => asked.delete(name), 0)).catch(() => undefined);
  return answer;
}

/** An application key: for whom, how long, from where; then the key, once. */
export const applicationKey: NewPart = {
  Fields: KeyFields,
  faults: values => ({
    ...(text(values, 'user') === '' ? { user: '' } : {}),
    ...(typeof values['expirationDate'] === 'number' && values['expirationDate'] <= live.serverNow() ? { expirationDate: words.past } : {}),
  }),
  args: values => ({ user: text(values, 'user'), expirationDate: values['expirationDate'] ?? usualEnd(), ...(text(values, 'whitelist') === '' ? {} : { whitelist: text(values, 'whitelist') }) }),
  Last: ShowKey,
};
