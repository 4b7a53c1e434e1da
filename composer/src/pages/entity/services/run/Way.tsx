import type { Way as Times } from '../../../../api/timing';
import { useSession } from '../../../../app/session';
import { formatDuration } from '../../../../parts/format';
import { Server } from '../../../../parts/Server';
import { StateMark } from '../../../../parts/State';
import { texts } from '../../../../texts';
import css from './Way.module.css';

/** The way of a call: here, link, there, and one bar of the times that were measured, to scale. A failure marks its hop. */
export function Way({ way, otherServer }: { way: Times; otherServer: string | undefined }) {
  const { server } = useSession();
  const other = way.server ?? otherServer;
  const parts = partsOf(way);
  const total = parts.reduce((sum, part) => sum + part.time, 0) || 1;
  return (
    <div className={css.way} role="group" aria-label={texts.run.way}>
      {other !== undefined && (
        <div className={css.hops}>
          <span className={css.hop} data-at="here" data-failed={way.failed === 'here' || undefined}>
            {way.failed === 'here' && <StateMark state="down" />}<Server name={server.name} here /><b>{formatDuration(way.before + way.turn + way.after)}</b>
          </span>
          <Wire hasFailed={way.failed === 'link'} />
          <span className={css.mid}>{way.failed === 'link' && <StateMark state="down" />}{way.failed === 'link' && texts.run.failedAt.link}{way.link > 0 && <b title={texts.run.parts.link}>{formatDuration(way.link)}</b>}</span>
          <Wire hasFailed={way.failed === 'link'} />
          <span className={css.hop} data-at="there" data-failed={way.failed === 'there' || undefined}>
            {way.failed === 'there' && <StateMark state="down" />}<Server name={other} />{way.failed !== 'link' && <b>{way.there === undefined ? texts.run.notTold : formatDuration(way.there)}</b>}
          </span>
        </div>
      )}
      <div className={css.bar} aria-hidden>{parts.map(part => <i key={part.id} style={{ width: `${String((part.time / total) * 100)}%`, background: part.colour }} />)}</div>
      <ul className={css.legend}>{parts.map(part => <li key={part.id}><i style={{ background: part.colour }} />{part.label} <b>{formatDuration(part.time)}</b></li>)}</ul>
    </div>
  );
}

const Wire = ({ hasFailed }: { hasFailed: boolean }) => (
  <svg className={css.wire} data-failed={hasFailed || undefined} viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden>
    <path d="M0 4H96M92 1L98 4L92 7" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray={hasFailed ? '2 6' : undefined} vectorEffect="non-scaling-stroke" />
    {!hasFailed && <path d="M100 10H4M8 7L2 10L8 13" fill="none" stroke="currentColor" strokeWidth="1.6" vectorEffect="non-scaling-stroke" />}
  </svg>
);

interface Part { readonly id: string; readonly label: string; readonly time: number; readonly colour: string }

/** The parts of the time that the servers measured, in their order. */
function partsOf(way: Times): Part[] {
  const words = texts.run.parts;
  const [here, link, there] = ['var(--way-here)', 'var(--way-link)', 'var(--way-there)'];
  const isRemote = way.server !== undefined;
  const parts: Part[] = [
    { id: 'before', label: isRemote ? words.before : words.there, time: way.before, colour: here },
    ...(isRemote ? [
      { id: 'turn', label: words.turn, time: way.turn, colour: 'var(--s-delayed-mark)' },
      { id: 'link', label: words.link, time: way.link, colour: link },
      { id: 'there', label: words.there, time: way.there ?? 0, colour: there },
      { id: 'after', label: words.after, time: way.after, colour: here },
    ] : []),
  ];
  return parts.filter(part => part.time > 0);
}
