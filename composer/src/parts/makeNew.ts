import { create } from 'zustand';
import type { Kind } from '../registry';

interface Asked { readonly kind: Kind; readonly answer: (name: string | undefined) => void }

/** What is being made in the panel; undefined while nothing is. */
export const useAskedNew = create<{ readonly asked: Asked | undefined }>()(() => ({ asked: undefined }));

/** Makes an entity of a kind in a panel beside the page. @returns its name, undefined when it was given up. */
export const makeNew = (kind: Kind): Promise<string | undefined> => new Promise(resolve => {
  // One panel at a time: what is asked for from within it takes its place.
  useAskedNew.getState().asked?.answer(undefined);
  useAskedNew.setState({ asked: { kind, answer: name => { useAskedNew.setState({ asked: undefined }); resolve(name); } } });
});
