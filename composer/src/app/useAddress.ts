import { useSearchParams } from 'react-router';

/** What the address says behind `?`, and how to change it in place; an empty value is left out. */
export function useAddress(): [URLSearchParams, (changes: Readonly<Record<string, string>>) => void] {
  const [address, setAddress] = useSearchParams();
  return [address, changes => setAddress(current => {
    const next = new URLSearchParams(current);
    for (const [name, value] of Object.entries(changes)) if (value === '') next.delete(name); else next.set(name, value);
    return next;
  }, { replace: true })];
}
