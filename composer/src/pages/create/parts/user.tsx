import { noPassword, passwordFaults, PasswordPair } from '../../../parts/entities/PasswordPair';
import type { NewPart, NewPartProperties } from './types';

function UserFields({ secrets, setSecret }: NewPartProperties) {
  return (
    <PasswordPair
      isRequired value={{ ...noPassword, ...secrets }}
      onChange={({ password, again }) => { setSecret('password', password); setSecret('again', again); }}
    />
  );
}

/** A user: the password, entered twice. */
export const user: NewPart = {
  Fields: UserFields,
  faults: (_, secrets) => passwordFaults({ ...noPassword, ...secrets }) as Record<string, string>,
  args: (_, secrets) => ({ password: secrets['password'] }),
};
