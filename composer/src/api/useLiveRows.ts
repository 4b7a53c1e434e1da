import { useEffect, useState } from 'react';
import type { Row } from './infotable';
import { useLive } from './live';

/**
 * The rows of a service's answer, looked at again by the server each so many milliseconds.
 * @returns undefined until the first answer; the server's sentence where it refuses.
 */
export function useLiveRows(entity: string, service: string, args: object = {}, every = 2_000): { rows: readonly Row[] | undefined; error: string | undefined } {
  const topic = { topic: 'result' as const, entity, service, arguments: args, every };
  const key = JSON.stringify(topic);
  const [answer, setAnswer] = useState<{ rows?: readonly Row[]; error?: string }>({});
  useEffect(() => setAnswer({}), [key]);
  useLive(topic, event => setAnswer({ rows: event?.rows ?? [] }), error => setAnswer({ error }));
  return { rows: answer.rows, error: answer.error };
}
