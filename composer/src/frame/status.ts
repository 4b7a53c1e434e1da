import { useEffect } from 'react';
import { create } from 'zustand';
import { live } from '../api/live';

/** What was done last, and when on the server's clock. */
export const useLastAction = create<{ readonly last: { readonly text: string; readonly time: number } | undefined }>()(() => ({ last: undefined }));

/** Tells in the status bar what was done. */
export const tell = (text: string): void => useLastAction.setState({ last: { text, time: live.serverNow() } });

/** What the present page says in the status bar. */
export const usePageStatus = create<{ readonly text: string }>()(() => ({ text: '' }));

/** Says something of the page in the status bar, such as how many rows it shows. */
export function useStatus(text: string): void {
  useEffect(() => {
    usePageStatus.setState({ text });
    return () => usePageStatus.setState({ text: '' });
  }, [text]);
}
