import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { texts } from '../../../texts';

/** The member that the panel of a tab shows, kept in the address; `''` is a new one, undefined is none. */
export function useMemberPanel(parameter: string): readonly [shown: string | undefined, show: (name: string | undefined) => void] {
  const [address, setAddress] = useSearchParams();
  const show = useCallback((name: string | undefined) => setAddress(current => {
    const next = new URLSearchParams(current);
    if (name === undefined) next.delete(parameter); else next.set(parameter, name);
    return next;
  }, { replace: true }), [setAddress, parameter]);
  return [address.get(parameter) ?? undefined, show];
}

/** What is wrong with the name of a new member, by the rules of the server; undefined when it can be had. */
export function nameFault(name: string, isTaken: (name: string) => boolean): string | undefined {
  if (isTaken(name)) return texts.members.taken(name);
  return name.length > 127 || name.trim() !== name || /[/*?#\p{Cc}]/u.test(name) ? texts.members.wrongName : undefined;
}
