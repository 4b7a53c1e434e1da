import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Point } from './geometry';

/** Where users have put servers on the map, by user and by the id of the node. */
export const usePositions = create<{ readonly byUser: Readonly<Record<string, Readonly<Record<string, Point>>>> }>()(
  persist(() => ({ byUser: {} }), { name: 'hansa.composer.federation' }),
);

/** Keeps where a user has put a server. */
export const keepPosition = (user: string, node: string, at: Point): void => {
  usePositions.setState(({ byUser }) => ({ byUser: { ...byUser, [user]: { ...byUser[user], [node]: { x: Math.round(at.x), y: Math.round(at.y) } } } }));
};

/** Forgets all that a user has put elsewhere. */
export const forgetPositions = (user: string): void => {
  usePositions.setState(({ byUser }) => ({ byUser: Object.fromEntries(Object.entries(byUser).filter(([one]) => one !== user)) }));
};
