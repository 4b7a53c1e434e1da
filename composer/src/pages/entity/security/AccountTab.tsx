import { Switch } from '@fluentui/react-components';
import { useState } from 'react';
import { ApiError } from '../../../api/client';
import { flag } from '../../../api/infotable';
import { invoke } from '../../../api/services';
import { entityKey, useEntityDraft } from '../../../app/entityDraft';
import { saveEach } from '../../../app/saving';
import { forgetSecrets, keepSecret, secretOf, typedSecret } from '../../../app/secrets';
import { useSession } from '../../../app/session';
import { noPassword, passwordFaults, PasswordPair } from '../../../parts/entities/PasswordPair';
import { FormField } from '../../../parts/FormField';
import type { DraftPart, EntityTabProps } from '../../../registry';
import { texts } from '../../../texts';
import css from './SecurityTab.module.css';

const words = texts.security;

/** Whether a user may sign in, and with which password from now on. */
export default function AccountTab({ entity }: EntityTabProps) {
  const draft = useEntityDraft();
  const session = useSession();
  const isReadOnly = draft.readOnly !== undefined;
  const isSelf = session.user === entity.name;
  const [typed, setTyped] = useState(noPassword);
  const waits = draft.isChanged('password');
  const [waited, setWaited] = useState(waits);
  if (waited !== waits) {
    setWaited(waits);
    // Saved or cancelled: what was typed is done with. What is no password yet stays.
    if (!waits && Object.keys(passwordFaults(typed)).length === 0) setTyped(noPassword);
  }
  const type = (value: typeof typed) => {
    setTyped(value);
    const isGood = Object.keys(passwordFaults(value)).length === 0;
    if (isGood) keepSecret(entityKey(entity.kind, entity.name), 'account.password', value.password);
    draft.set('password', isGood ? typedSecret : '');
  };
  return (
    <form className={css.page} autoComplete="off" onSubmit={event => event.preventDefault()}>
      <FormField label={words.maySignIn} hint={isSelf ? words.notYourself : flag(entity.all, 'locked') ? words.locked : words.maySignInHint} error={draft.errors['enabled']} isChanged={draft.isChanged('enabled')}>
        <Switch style={{ marginLeft: -8 }} checked={draft.values['enabled'] === true} disabled={isReadOnly || isSelf} label={draft.values['enabled'] === true ? texts.yes : texts.no} onChange={(_, data) => draft.set('enabled', data.checked)} />
      </FormField>
      <PasswordPair label={words.newPassword} value={typed} error={draft.errors['password']} isChanged={waits} isReadOnly={isReadOnly} placeholder={waits && typed.password === '' ? words.waits : ''} onChange={type} />
    </form>
  );
}

/** Signing in is one switch: EnableUser unlocks as well. */
export const draft: DraftPart = {
  read: entity => ({ enabled: flag(entity.all, 'enabled') && !flag(entity.all, 'locked'), password: '' }),
  label: field => (field === 'password' ? words.newPassword : words.maySignIn),
  save: async (entity, changes) => {
    const document = entityKey(entity.kind, entity.name);
    const errors = await saveEach(Object.entries(changes).map(([field, value]) => [field, () => {
      if (field === 'enabled') return invoke('Users', entity.name, value === true ? 'EnableUser' : 'DisableUser');
      const password = secretOf(document, 'account.password');
      // 400: whoever typed it can mend it at the field.
      if (password === undefined) throw new ApiError(400, texts.configuration.secretLost);
      return invoke('Users', entity.name, 'SetPassword', { newPassword: password, newPasswordConfirm: password });
    }]));
    if (!('password' in errors)) forgetSecrets(document);
    return errors;
  },
};
