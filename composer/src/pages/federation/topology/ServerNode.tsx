import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { useLinks } from '../../../parts/links/useLinks';
import { Server } from '../../../parts/Server';
import { texts } from '../../../texts';
import { LinkRibbon } from '../LinkRibbon';
import { useMap } from './context';
import css from './Topology.module.css';

/** A server of the map; it reads by itself how its links stand. */
export type ServerNodeType = Node<{ server: string; isHere: boolean }, 'server'>;

const day = 24 * 3_600_000;

export function ServerNode({ data: { server, isHere }, selected }: NodeProps<ServerNodeType>) {
  const words = texts.federation;
  const { hereVersion, changes } = useMap();
  const links = useLinks(state => state.links) ?? [];
  const own = isHere ? links : links.filter(link => link.server === server);
  const sum = (role: 'Publisher' | 'Subscriber') => own.reduce((all, link) => all + (link.role === role ? link.things : 0), 0);
  const publishesTo = own.filter(link => link.role === 'Subscriber').length;
  return (
    <div className={css.server} data-here={isHere || undefined} data-selected={selected || undefined}>
      <div className={css.name}><Server name={server} here={isHere} /></div>
      <div className="dim">{[words.version(isHere ? hereVersion : own.find(link => link.version !== '')?.version ?? ''), ...(isHere ? [words.youAreHere] : [])].join(' · ')}</div>
      <div className={css.numbers} data-live>
        <span>{words.boundHere(sum('Publisher'))}</span>
        <span className="dim">{publishesTo > 0 && (isHere ? words.publishesToSome(publishesTo) : words.boundThere(sum('Subscriber')))}</span>
      </div>
      {!isHere && <div className={css.ribbons}>{own.map(link => <LinkRibbon key={link.key} link={link} changes={changes} span={day} isKnownOnly height={own.length > 1 ? 4 : 6} />)}</div>}
      <Handle type="source" position={Position.Right} isConnectable={false} className={css.handle} />
      <Handle type="target" position={Position.Left} isConnectable={false} className={css.handle} />
    </div>
  );
}
