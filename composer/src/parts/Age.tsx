import { useEffect, useState } from 'react';
import { live } from '../api/live';
import { formatAge, formatTime } from './format';

/** How old something is, on the server's clock; the time itself on hover. Counts on by itself. */
export function Age({ time }: { time: number }) {
  const now = useServerNow();
  return <time className="num" dateTime={new Date(time).toISOString()} title={formatTime(time)}>{formatAge(now - time)}</time>;
}

/** The server's clock, read anew each second. */
export function useServerNow(): number {
  const [now, setNow] = useState(() => live.serverNow());
  useEffect(() => {
    const timer = setInterval(() => setNow(live.serverNow()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
