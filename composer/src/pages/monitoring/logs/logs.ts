import { text, type Row } from '../../../api/infotable';
import { invoke } from '../../../api/services';
import { timesOf, type Range } from '../../../parts/range';
import { sought, type Ask } from '../entries/entries';

/** The levels of lines, the least first. */
export const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'] as const;

/** What is looked at; empty does not matter. */
export interface LogFilter {
  readonly log: string;
  /** The least level. */
  readonly level: string;
  readonly origin: string;
  readonly user: string;
  readonly text: string;
  readonly range: Range;
}

/** How the server is asked. `now` is its clock; spans end there. */
export function askLogs({ level, origin, user, text: content, range }: LogFilter, now: number): Ask {
  const { from, to } = timesOf(range, now);
  return async (log, until, maxItems, signal) => {
    const found = await invoke('Logs', log, 'QueryLogEntries', {
      searchExpression: content || undefined, origin: origin || undefined, user: user || undefined, fromLogLevel: level || undefined,
      startDate: from, endDate: until ?? to, maxItems,
    }, signal);
    return found.rows;
  };
}

/** Whether a line that comes live is looked at, as the server would say. */
export function matchesLine({ level, origin, user, text: content }: LogFilter): (row: Row) => boolean {
  const least = levels.indexOf(level as (typeof levels)[number]);
  const [hasOrigin, hasUser, hasContent] = [sought(origin), sought(user), sought(content)];
  return row => levels.indexOf(text(row, 'level') as (typeof levels)[number]) >= least && hasOrigin(text(row, 'origin')) && hasUser(text(row, 'user')) && hasContent(text(row, 'content'));
}
