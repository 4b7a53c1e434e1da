import { Button, Field, Input, Switch, Textarea } from '@fluentui/react-components';
import { CheckmarkCircleFilled } from '@fluentui/react-icons/svg/checkmark-circle';
import type { ConfigurationTable } from '../../../../api/configuration';
import { text, type Json } from '../../../../api/infotable';
import { useKindList } from '../../../../api/lists';
import { FormField } from '../../../../parts/FormField';
import { Picker } from '../../../../parts/Picker';
import { kindById, type Kind } from '../../../../registry';
import { texts } from '../../../../texts';
import { SettingInput } from '../SettingInput';
import { Steps } from './Steps';
import css from './Subscriber.module.css';
import { isServerUri, meantUri, useAddressCheck } from './useSubscriberTest';

/** The secrets of a subscriber as they are typed. */
export interface Keys { readonly key: string; readonly again: string; readonly proxyPassword: string }

interface Properties {
  table: ConfigurationTable;
  row: Readonly<Record<string, Json>>;
  keys: Keys;
  isNew: boolean;
  isTaken: boolean;
  hasStoredKey: boolean;
  onRow: (row: Record<string, Json>) => void;
  onKeys: (keys: Keys) => void;
}

const users = kindById('Users') as Kind;
const mono = { style: { fontFamily: 'var(--fontFamilyMonospace)', fontSize: 12 } };

/** The fields of a subscriber; the Server URI is looked at while it is typed. */
export function SubscriberForm({ table, row, keys, isNew, isTaken, hasStoredKey, onRow, onKeys }: Properties) {
  const words = texts.subscriber;
  const set = (field: string, value: Json) => onRow({ ...row, [field]: value });
  const [name, uri, user] = [text(row, 'name'), text(row, 'serverURI'), text(row, 'publishAsUser')];
  const uriIsRight = isServerUri(uri.trim());
  const meant = meantUri(uri);
  const check = useAddressCheck(table, { ...row, serverURI: uri.trim() }, uriIsRight);
  const isFine = uriIsRight && check.data?.every(step => step.result !== 'failed') === true;
  const userList = useKindList(users);
  const noUser = user !== '' && userList.isSuccess && !userList.data.some(one => one.name === user);
  const nameFault = /\s/.test(name.trim()) ? words.nameSpaces : isTaken ? texts.configuration.taken(name) : undefined;
  return (
    <form className={css.form} onSubmit={event => event.preventDefault()} autoComplete="off">
      <div className={css.first}>
        <FormField label={words.name} isRequired error={nameFault} hint={isNew ? words.nameHint : words.nameFixed}>
          <Input value={name} readOnly={!isNew} onChange={(_, data) => set('name', data.value)} />
        </FormField>
        <FormField label={words.enable}>
          <Switch style={{ marginLeft: -8 }} checked={row['enabled'] === true} label={row['enabled'] === true ? words.on : words.off} onChange={(_, data) => set('enabled', data.checked)} />
        </FormField>
      </div>
      <FormField label={words.description}><Input value={text(row, 'description')} placeholder={words.optional} onChange={(_, data) => set('description', data.value)} /></FormField>
      <div>
        <FormField label={words.uri} isRequired hint={uri === '' ? words.uriHint : undefined} error={uri === '' || uriIsRight || meant !== undefined ? undefined : words.uriWrong}>
          <Input value={uri} input={mono} spellCheck={false} contentAfter={isFine ? <CheckmarkCircleFilled color="var(--s-live-mark)" aria-hidden /> : undefined} onChange={(_, data) => set('serverURI', data.value)} />
        </FormField>
        {meant !== undefined && <div className="row" style={{ marginTop: 4 }}><span className="hint mono ellipsis">{meant}</span><Button size="small" onClick={() => set('serverURI', meant)}>{words.usePath}</Button></div>}
        {uriIsRight && (check.data ? <Steps steps={check.data} /> : check.error ? <div className="hint">{check.error.message}</div> : <div className={`hint ${css.looking}`}>{words.checking}</div>)}
      </div>
      <div className={css.pair}>
        <FormField label={words.key} isRequired={!hasStoredKey} hint={hasStoredKey && keys.key === '' ? words.keyStored : words.keyHint(name)}>
          <Input type="password" autoComplete="new-password" value={keys.key} onChange={(_, data) => onKeys({ ...keys, key: data.value })} />
        </FormField>
        <Field
          size="small" label={words.confirm} required={!hasStoredKey || keys.key !== ''}
          {...(keys.again === '' ? {} : keys.again === keys.key ? { validationState: 'success' as const, validationMessage: words.same } : { validationState: 'error' as const, validationMessage: words.differ })}
        >
          <Input type="password" autoComplete="new-password" value={keys.again} onChange={(_, data) => onKeys({ ...keys, again: data.value })} />
        </Field>
      </div>
      <FormField label={words.user} isRequired error={noUser ? words.noUser(user) : undefined} hint={words.userHint(name)}>
        <Picker kind={users} value={user} onChange={value => set('publishAsUser', value)} />
      </FormField>
      <details className={css.more}>
        <summary><b>{words.more}</b><span className="dim num">{words.moreNow(text(row, 'pipeCount'), text(row, 'reconnectInterval'), text(row, 'proxyHost'))}</span></summary>
        <div>
          <div className={css.pair}>
            <Setting {...{ table, row, set }} field="pipeCount" label={words.pipes} /><Setting {...{ table, row, set }} field="reconnectInterval" label={words.reconnect} unit="s" />
            <Setting {...{ table, row, set }} field="requestTimeout" label={words.timeout} unit="ms" />
          </div>
          <div className={css.pair}>
            <Setting {...{ table, row, set }} field="proxyHost" label={words.proxyHost} /><Setting {...{ table, row, set }} field="proxyPort" label={words.proxyPort} />
            <Setting {...{ table, row, set }} field="proxyUserName" label={words.proxyUser} />
            <FormField label={words.proxyPassword} hint={text(row, 'proxyPassword') === '' ? undefined : texts.configuration.secretSet}>
              <Input type="password" autoComplete="new-password" value={keys.proxyPassword} onChange={(_, data) => onKeys({ ...keys, proxyPassword: data.value })} />
            </FormField>
          </div>
          <FormField label={words.certificate} hint={words.certificateHint}>
            <Textarea rows={3} resize="vertical" textarea={mono} value={text(row, 'trustedCertificate')} onChange={(_, data) => set('trustedCertificate', data.value)} />
          </FormField>
        </div>
      </details>
    </form>
  );
}

function Setting({ table, row, set, field: name, label, unit }: { table: ConfigurationTable; row: Properties['row']; set: (field: string, value: Json) => void; field: string; label: string; unit?: string }) {
  const field = table.fields.find(one => one.name === name);
  return field && <FormField label={unit ? `${label} (${unit})` : label}><SettingInput field={field} value={row[name] ?? null} onChange={value => set(name, value)} /></FormField>;
}
