import { useEffect, useEffectEvent, useSyncExternalStore } from 'react';
import { root } from './client';
import type { Json, Row } from './infotable';
import { LiveConnection, type ConnectionState } from './liveConnection';

/** What can be watched. */
export type Topic =
  | { topic: 'entities' }
  | { topic: 'properties'; thing: string }
  | { topic: 'log'; log: string }
  | { topic: 'result'; entity: string; service: string; arguments?: object; every?: number };

/** An entity came, changed or went. `time` is in milliseconds since 1970, of the server. */
export interface EntityChange { kind: string; name: string; change: 'created' | 'changed' | 'deleted'; time: number }

/** A value with its time and quality. */
export interface LiveValue { v: Json; t: number; q: string }

/** What comes for each topic. The first event of properties holds all values. */
export interface TopicEvents {
  entities: EntityChange;
  properties: { all?: true; values: Record<string, LiveValue> };
  log: { entries: { rows: Row[] }; passedOver: number };
  result: { rows: Row[] } | null;
}

/** The one socket of this page. */
export const live = new LiveConnection(() => new WebSocket(`${location.origin.replace(/^http/, 'ws')}${root}/Live`));

/**
 * Watches a topic while the component stands; undefined watches nothing.
 * Missed events of a short break come later; when they cannot, all queries are fetched anew.
 * @param onError called with the server's sentence when the topic is refused.
 */
export function useLive<T extends Topic>(topic: T | undefined, onEvent: (event: TopicEvents[T['topic']]) => void, onError?: (sentence: string) => void): void {
  const handle = useEffectEvent((event: unknown) => onEvent(event as TopicEvents[T['topic']]));
  const fail = useEffectEvent((sentence: string) => onError?.(sentence));
  const key = topic && JSON.stringify(topic);
  useEffect(() => (key === undefined ? undefined : live.subscribe(JSON.parse(key) as Topic, event => handle(event), sentence => fail(sentence))), [key]);
}

/** How the page stands with its server. */
export const useConnection = (): ConnectionState => useSyncExternalStore(live.onState, live.getState);
