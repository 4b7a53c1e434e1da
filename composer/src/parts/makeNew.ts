import { create } from 'zustand';
import type { Kind } from '../registry';

interface Asked {
  readonly id: number;
  readonly kind: Kind;
  readonly answer: (name: string | undefined) => void;
}

/** What is being made in panels, each asked for from within the one before; the last one shows. */
export const useAskedNew = create<{ readonly asked: readonly Asked[] }>()(() => ({ asked: [] }));

let last = 0;

/** Makes an entity of a kind in a panel beside the page. @returns its name, undefined when it was given up. */
export const makeNew = (kind: Kind): Promise<string | undefined> => new Promise(resolve => {
  last += 1;
  const id = last;
  const before = document.activeElement;
  const answer = (name: string | undefined) => {
    useAskedNew.setState(({ asked }) => ({ asked: asked.filter(one => one.id !== id) }));
    resolve(name);
    // What asked shows again, with the focus where it was.
    requestAnimationFrame(() => { if (before instanceof HTMLElement && before.isConnected) before.focus(); });
  };
  useAskedNew.setState(({ asked }) => ({ asked: [...asked, { id, kind, answer }] }));
});
