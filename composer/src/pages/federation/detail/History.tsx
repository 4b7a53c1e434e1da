import { useState } from 'react';
import { live } from '../../../api/live';
import { ErrorBar } from '../../../parts/ErrorBar';
import { formatClock, formatDay, formatTime } from '../../../parts/format';
import type { Link } from '../../../parts/links/links';
import { useLinkChanges } from '../../../parts/links/useLinks';
import { Mono } from '../../../parts/Mono';
import { Segments } from '../../../parts/Segments';
import { StateMark } from '../../../parts/State';
import { texts } from '../../../texts';
import { changesOf, LinkRibbon } from '../LinkRibbon';
import css from './Detail.module.css';
import { Few } from './Few';

const spans = { hour: 3_600_000, day: 24 * 3_600_000 };

/** The states of a link over time, as a strip and in words. */
export function History({ link }: { link: Link }) {
  const words = texts.federation;
  const changes = useLinkChanges();
  const [range, setRange] = useState<keyof typeof spans>('hour');
  const own = changesOf(changes.data ?? [], link);
  const now = live.serverNow();
  return (
    <section aria-labelledby="happened">
      <div className={css.head}>
        <h3 id="happened">{words.happened}</h3>
        <Segments label={words.range} value={range} choices={[{ value: 'hour', label: words.ranges.hour }, { value: 'day', label: words.ranges.day }]} onChange={setRange} />
      </div>
      <ErrorBar error={changes.error} isBare />
      <LinkRibbon link={link} changes={changes.data ?? []} span={spans[range]} />
      <div className={css.axis}><span>{formatClock(now - spans[range])}</span><span>{words.now}</span></div>
      {changes.data && (
        <Few items={own} keyOf={change => `${change.time} ${change.state}`} none={words.noChanges} className={css.changes}>
          {change => (
            <>
              <time title={formatTime(change.time)}><Mono dim>{formatDay(change.time, now)}</Mono></time><StateMark state={change.state} size={10} />
              <span><span className="hidden">{words.stateWords[change.state]}: </span><span className={css.what}>{change.reason || (change.state === 'live' ? words.isBack : words.stateWords[change.state])}</span></span>
            </>
          )}
        </Few>
      )}
    </section>
  );
}
