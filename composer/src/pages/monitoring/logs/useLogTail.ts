import { useEffect, useEffectEvent, useState } from 'react';
import type { Row } from '../../../api/infotable';
import { live, type TopicEvents } from '../../../api/live';

/**
 * Lines of several logs as they come.
 * @returns the server's sentence where it refuses one.
 */
export function useLogTail(logs: readonly string[], isOn: boolean, onLines: (log: string, rows: readonly Row[]) => void, onGap: () => void): string | undefined {
  const [error, setError] = useState<string | undefined>();
  const take = useEffectEvent((log: string, { entries, passedOver }: TopicEvents['log']) => {
    if (passedOver > 0) onGap();
    else if (entries.rows.length > 0) onLines(log, entries.rows);
  });
  const key = logs.join('\n');
  useEffect(() => {
    setError(undefined);
    if (!isOn) return undefined;
    const ends = logs.map(log => live.subscribe({ topic: 'log', log }, event => take(log, event as TopicEvents['log']), setError));
    return () => ends.forEach(end => end());
    // The key stands for the logs.
  }, [key, isOn]);
  return error;
}
