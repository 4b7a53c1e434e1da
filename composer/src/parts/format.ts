// Numbers with thin spaces and units, ages up to 90 s in seconds, then min, h, d.
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0, useGrouping: true });
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });
const day = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short' });
const dayOfYear = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: 'short', year: 'numeric' });
const absolute = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' });

/** A whole number, thousands apart by a thin space. */
export const formatCount = (value: number): string => whole.format(value).replaceAll(',', '\u202f');

/** How long, from milliseconds: `0.4 s`, `42 s`, `6 min`, `3 h`, `12 d`. */
export function formatAge(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return `${seconds.toFixed(seconds < 1 ? 1 : 0)} s`;
  if (seconds <= 90) return `${Math.floor(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 36 * 3600) return `${Math.floor(seconds / 3600)} h`;
  return `${formatCount(Math.floor(seconds / 86_400))} d`;
}

/** Date, time and zone. */
export const formatTime = (time: number): string => absolute.format(time);

/** The time of day. */
export const formatClock = (time: number): string => clock.format(time);

/** A day in a list: the time today, day and month this year, else the year too. */
export function formatDay(time: number, now: number): string {
  const [then, today] = [new Date(time), new Date(now)];
  if (then.toDateString() === today.toDateString()) return clock.format(then);
  return (then.getFullYear() === today.getFullYear() ? day : dayOfYear).format(then);
}

/** A clock of another zone, as the status bar shows it: `12 May 2026, 10:42:18 CEST`. */
export function formatServerClock(time: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone, timeZoneName: 'short',
  }).format(time);
}

/** A time that a machine needed, from milliseconds: `0.62 ms`, `35.7 ms`, `212 ms`, `3.4 s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds >= 10_000) return `${(milliseconds / 1000).toFixed(0)} s`;
  if (milliseconds >= 1_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  return `${milliseconds.toFixed(milliseconds < 1 ? 2 : milliseconds < 100 ? 1 : 0)} ms`;
}

/** How large: `812 B`, `61 kB`, `4.2 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return `${whole.format(bytes)} B`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(0)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

/** A time as an input of date and time writes it, to the minute, in the zone of this browser. */
export const localTime = (time: number): string => new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
