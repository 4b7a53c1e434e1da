import { Background, BackgroundVariant, Panel, ReactFlow, ReactFlowProvider, useNodesState, useReactFlow, type EdgeTypes, type NodeTypes } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { Button } from '@fluentui/react-components';
import { ArrowResetRegular } from '@fluentui/react-icons/svg/arrow-reset';
import { ZoomFitRegular } from '@fluentui/react-icons/svg/zoom-fit';
import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { useSession } from '../../../app/session';
import { useIsDark } from '../../../app/useIsDark';
import type { Link } from '../../../parts/links/links';
import { useLinkChanges } from '../../../parts/links/useLinks';
import { texts } from '../../../texts';
import type { ViewProperties } from '../view';
import { MapProvider } from './context';
import { layOut, portsOf, serverSize, type Point } from './geometry';
import { LinkEdge, type LinkEdgeType } from './LinkEdge';
import { forgetPositions, keepPosition, usePositions } from './positions';
import { ServerNode, type ServerNodeType } from './ServerNode';
import css from './Topology.module.css';

const nodeTypes: NodeTypes = { server: ServerNode };
const edgeTypes: EdgeTypes = { link: LinkEdge };
const hereNode = 'here';
const nodeOf = (server: string) => `server ${server}`;
const nowhere: Readonly<Record<string, Point>> = {};
const fitting = { padding: 0.06, maxZoom: 1, minZoom: 0.3 };

/** The map of all links: servers that a person can move, links whose tags open them. */
export default function FederationMap({ links, ...view }: ViewProperties & { links: readonly Link[] }) {
  const { server } = useSession();
  const changes = useLinkChanges();
  const world = useMemo(() => ({ here: server.name, hereVersion: server.version, changes: changes.data ?? [], ...view }), [server, changes.data, view.shown, view.onShow]);
  return <MapProvider value={world}><ReactFlowProvider><Flow links={links} /></ReactFlowProvider></MapProvider>;
}

function Flow({ links }: { links: readonly Link[] }) {
  const words = texts.federation;
  const { user, server } = useSession();
  const isDark = useIsDark();
  const flow = useReactFlow();
  const frame = useRef<HTMLDivElement>(null);
  const isMoved = useRef(false);
  const kept = usePositions(state => state.byUser[user]) ?? nowhere;
  // How links stand is read where they are drawn: here only matters which there are.
  const shape = links.map(({ key, server: name, role }) => `${key} ${name} ${role}`).sort().join('\n');

  const { nodes: made, edges } = useMemo(() => {
    const own = shape === '' ? [] : shape.split('\n').map(line => { const [key = '', name = '', role = ''] = line.split(' '); return { key, server: name, role: role as Link['role'] }; });
    const servers = [...new Set(own.map(link => link.server))].sort((a, b) => a.localeCompare(b));
    const places = layOut(servers);
    const ports = portsOf(own, places.others);
    const make = (id: string, name: string, at: Point): ServerNodeType =>
      ({ id, type: 'server', position: kept[id] ?? at, data: { server: name, isHere: id === hereNode }, ...serverSize, connectable: false, deletable: false, ariaLabel: name });
    const first = own[0]?.key;
    return {
      nodes: [make(hereNode, server.name, places.here), ...servers.map(name => make(nodeOf(name), name, places.others.get(name) ?? { x: 0, y: 0 }))],
      edges: own.map((link): LinkEdgeType => {
        const other = nodeOf(link.server);
        return {
          id: link.key, type: 'link', focusable: false, selectable: false, deletable: false, ...(link.role === 'Publisher' ? { source: other, target: hereNode } : { source: hereNode, target: other }),
          data: { hereNode, otherNode: other, ports: ports.get(link.key) ?? { here: 0.5, other: 0.5 }, isFirst: link.key === first },
        };
      }),
    };
  }, [shape, kept, server.name]);
  const [nodes, setNodes, onNodesChange] = useNodesState(made);
  useEffect(() => setNodes(current => made.map(node => ({ ...node, selected: current.find(one => one.id === node.id)?.selected ?? false }))), [made, setNodes]);

  const fit = () => { isMoved.current = false; void flow.fitView(fitting); };
  useEffect(() => {
    const observer = new ResizeObserver(() => { if (!isMoved.current) void flow.fitView(fitting); });
    if (frame.current) observer.observe(frame.current);
    return () => observer.disconnect();
  }, [flow]);
  useEffect(() => { if (!isMoved.current) void flow.fitView(fitting); }, [flow, shape]);

  // Arrow keys go from link to link.
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step === undefined || !(event.target instanceof HTMLElement) || event.target.dataset['linkTag'] === undefined) return;
    event.preventDefault();
    const tags = [...(frame.current?.querySelectorAll<HTMLElement>('[data-link-tag]') ?? [])].sort((a, b) => a.getBoundingClientRect().top - b.getBoundingClientRect().top);
    tags[(tags.indexOf(event.target) + step + tags.length) % tags.length]?.focus();
  };
  return (
    <div ref={frame} className={css.map} role="region" aria-label={words.map} onKeyDown={onKeyDown}>
      <ReactFlow
        nodes={nodes} edges={edges} nodeTypes={nodeTypes} edgeTypes={edgeTypes} onNodesChange={changes => {
          onNodesChange(changes);
          for (const change of changes) if (change.type === 'position' && change.position && change.dragging !== true) keepPosition(user, change.id, change.position);
        }}
        onMoveStart={event => { if (event) isMoved.current = true; }} fitView fitViewOptions={fitting} minZoom={0.2} maxZoom={1.6} colorMode={isDark ? 'dark' : 'light'}
        nodesConnectable={false} edgesFocusable={false} deleteKeyCode={null} selectionKeyCode={null} multiSelectionKeyCode={null} zoomOnScroll={false} zoomOnDoubleClick={false} preventScrolling={false}
        proOptions={{ hideAttribution: true }} ariaLabelConfig={{ 'node.a11yDescription.default': words.mapDescription, 'node.a11yDescription.keyboardDisabled': words.mapDescription, 'edge.a11yDescription.default': words.mapKeys }}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.2} color="var(--colorNeutralStroke2)" bgColor="var(--colorNeutralBackground2)" />
        <Panel position="top-right" className={css.tools}>
          {Object.keys(kept).length > 0 && <Button size="small" appearance="subtle" icon={<ArrowResetRegular />} aria-label={words.layOut} title={words.layOut} onClick={() => { isMoved.current = false; forgetPositions(user); requestAnimationFrame(fit); }} />}
          <Button size="small" appearance="subtle" icon={<ZoomFitRegular />} aria-label={words.fit} title={words.fit} onClick={fit} />
        </Panel>
      </ReactFlow>
      <div className={`hint ${css.hint}`}>{words.mapHint}<span className="hidden">{words.mapKeys}</span></div>
    </div>
  );
}
