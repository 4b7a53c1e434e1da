import { EdgeLabelRenderer, useInternalNode, type Edge, type EdgeProps } from '@xyflow/react';
import { useServerNow } from '../../../parts/Age';
import { formatDuration } from '../../../parts/format';
import { endsOf, type Link } from '../../../parts/links/links';
import { extraOf } from '../../../parts/links/LinkState';
import { useLinks } from '../../../parts/links/useLinks';
import { lineOf, StateMark } from '../../../parts/State';
import { texts } from '../../../texts';
import { useMap } from './context';
import { lineBetween, tagSize, type Point, type Ports } from './geometry';
import css from './Topology.module.css';

/** A link of the map, drawn from this server to the other; it reads by itself how it stands. */
export type LinkEdgeType = Edge<{ hereNode: string; otherNode: string; ports: Ports; isFirst: boolean }, 'link'>;

/** One number or the reason: what a person looks for in that state. */
const detailOf = (link: Link): string => {
  if (link.waiting > 0) return texts.federation.waiting(link.waiting);
  if (link.parked > 0) return texts.federation.parkedCount(link.parked);
  return link.state === 'live' && link.roundTrip !== undefined ? formatDuration(link.roundTrip) : link.reason;
};

export function LinkEdge({ id, data }: EdgeProps<LinkEdgeType>) {
  const link = useLinks(state => state.links?.find(one => one.key === id));
  const here = useInternalNode(data?.hereNode ?? '')?.internals.positionAbsolute;
  const other = useInternalNode(data?.otherNode ?? '')?.internals.positionAbsolute;
  return link && data && here && other ? <Drawn link={link} here={here} other={other} ports={data.ports} isFirst={data.isFirst} /> : null;
}

function Drawn({ link, here, other, ports, isFirst }: { link: Link; here: Point; other: Point; ports: Ports; isFirst: boolean }) {
  const map = useMap();
  const extra = extraOf(link, useServerNow());
  const { path, from, to, tag, direction } = lineBetween(here, other, ports);
  const { publisher, subscriber } = endsOf(link, map.here);
  const isShown = map.shown === link.key;
  const colour = `var(--s-${link.state}-mark)`;
  const detail = detailOf(link);
  const comesHere = link.role === 'Publisher';
  const [start, end] = comesHere ? [to, from] : [from, to];
  const way = comesHere ? -direction : direction;
  return (
    <>
      {isShown && <path d={path} className={css.halo} />}
      <path d={path} fill="none" stroke={colour} strokeWidth={2} strokeDasharray={lineOf[link.state]} />
      <circle cx={start.x} cy={start.y} r={4} fill={colour} />
      {(comesHere || link.state !== 'refused') && <path d={`M${end.x} ${end.y}l${-10 * way} -5v10z`} fill={colour} />}
      {link.state === 'refused' && <path d={`M${to.x - 8 * direction} ${to.y - 9}v18`} stroke={colour} strokeWidth={3} />}
      <EdgeLabelRenderer>
        <button
          type="button" className={`${css.tag} nodrag nopan`} data-link-tag={link.key} data-shown={isShown || undefined} data-live tabIndex={isShown || isFirst ? 0 : -1} aria-pressed={isShown}
          style={{ width: tagSize.width, height: tagSize.height, transform: `translate(-50%, -50%) translate(${tag.x}px, ${tag.y}px)` }}
          title={link.reason || undefined} onClick={() => map.onShow(link.key)}
        >
          <span className="hidden">{texts.federation.publishes(publisher, subscriber)} </span>
          <StateMark state={link.state} size={10} /><b style={{ color: `var(--s-${link.state}-fg)` }}>{texts.states[link.state]} {extra}</b>{' '}
          <span className={css.detail}>{detail}</span>
        </button>
      </EdgeLabelRenderer>
    </>
  );
}
