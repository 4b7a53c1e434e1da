import { Field, Input } from '@fluentui/react-components';
import { texts } from '../../texts';
import { FormField } from '../FormField';

/** A new password and the same once more. */
export interface TypedPassword { readonly password: string; readonly again: string }

export const noPassword: TypedPassword = { password: '', again: '' };

const shortest = 8;
const words = texts.create.user;

/** What is wrong with it, by field; an empty text for what is merely missing. */
export const passwordFaults = ({ password, again }: TypedPassword): Partial<Record<keyof TypedPassword, string>> => ({
  ...(password.length < shortest ? { password: password === '' ? '' : words.short(shortest) } : {}),
  ...(again !== password ? { again: words.differ } : {}),
});

interface Properties { value: TypedPassword; onChange: (value: TypedPassword) => void; label?: string; error?: string | undefined; isRequired?: boolean; isChanged?: boolean; isReadOnly?: boolean; placeholder?: string }

/** Asks for a new password, twice; says what is wrong once something is typed. */
export function PasswordPair({ value, onChange, label = words.password, error, isRequired = false, isChanged = false, isReadOnly = false, placeholder = '' }: Properties) {
  const { password, again } = value;
  const faults = passwordFaults(value);
  return (
    <>
      <FormField label={label} isRequired={isRequired} isChanged={isChanged} hint={words.passwordHint(shortest)} error={password === '' ? error : faults.password ?? error}>
        <Input type="password" autoComplete="new-password" disabled={isReadOnly} placeholder={placeholder} value={password} onChange={(_, data) => onChange({ ...value, password: data.value })} />
      </FormField>
      <Field size="small" label={words.again} required={isRequired} {...(again === '' ? {} : faults.again ? { validationState: 'error' as const, validationMessage: faults.again } : { validationState: 'success' as const, validationMessage: words.same })}>
        <Input type="password" autoComplete="new-password" disabled={isReadOnly} value={again} onChange={(_, data) => onChange({ ...value, again: data.value })} />
      </Field>
    </>
  );
}
