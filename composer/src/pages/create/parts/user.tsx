import { Field, Input } from '@fluentui/react-components';
import { FormField } from '../../../parts/FormField';
import { texts } from '../../../texts';
import type { NewPart, NewPartProperties } from './types';

const shortest = 8;
const words = texts.create.user;

function UserFields({ secrets, errors, setSecret }: NewPartProperties) {
  const [password, again] = [secrets['password'] ?? '', secrets['again'] ?? ''];
  return (
    <>
      <FormField label={words.password} isRequired hint={words.passwordHint(shortest)} error={password === '' ? undefined : errors['password'] || undefined}>
        <Input type="password" autoComplete="new-password" value={password} onChange={(_, data) => setSecret('password', data.value)} />
      </FormField>
      <Field size="small" label={words.again} required {...(again === '' ? {} : errors['again'] ? { validationState: 'error' as const, validationMessage: errors['again'] } : { validationState: 'success' as const, validationMessage: words.same })}>
        <Input type="password" autoComplete="new-password" value={again} onChange={(_, data) => setSecret('again', data.value)} />
      </Field>
    </>
  );
}

/** A user: the password, entered twice. */
export const user: NewPart = {
  Fields: UserFields,
  faults: (_, { password = '', again = '' }) => ({
    ...(password.length < shortest ? { password: password === '' ? '' : words.short(shortest) } : {}),
    ...(again !== password ? { again: words.differ } : {}),
  }),
  args: (_, secrets) => ({ password: secrets['password'] }),
};
