import { Link } from 'react-router';
import { formatTags } from '../../api/infotable';
import { live } from '../../api/live';
import type { EntityRow } from '../../api/entities';
import { Name } from '../../parts/Name';
import { LinkState } from '../../parts/links/LinkState';
import type { BoundThing } from '../../parts/links/links';
import { Server } from '../../parts/Server';
import { formatDay, formatTime } from '../../parts/format';
import type { GridColumn } from '../../parts/grid';
import { kindOfRow, type Kind } from '../../registry';
import { texts } from '../../texts';
import css from './ListPage.module.css';

const RowIcon = ({ kind }: { kind: Kind }) => <kind.icon aria-hidden />;

/** Where an entity's page is. */
export const addressOf = (kind: Kind, name: string): string => `/${kind.collection}/${encodeURIComponent(name)}`;

/** Where data live that are not all here: this server, and the Things that stand for some of another. */
export interface Elsewhere { readonly here: string; readonly bound: ReadonlyMap<string, BoundThing> }

/** The columns of a kind's list; where data live and how that server is reached, where some are elsewhere. */
export function columnsOf(kind: Kind, elsewhere?: Elsewhere): GridColumn<EntityRow>[] {
  const hasParent = kind.type === 'Thing' || kind.type === 'DataShape';
  return [
    {
      id: 'name', title: texts.browse.name, value: row => row.name, width: 240, grow: 3,
      cell: row => <span className={css.name}><RowIcon kind={kindOfRow(row) ?? kind} /><Link to={addressOf(kind, row.name)} tabIndex={-1}><Name name={row.name} /></Link></span>,
    },
    ...(elsewhere ? placesOf(elsewhere) : []),
    { id: 'description', title: texts.browse.description, value: row => row.description, cell: row => <span className="dim" title={row.description}>{row.description}</span>, width: 160, grow: 4, drop: 2 },
    ...(hasParent ? [{
      id: 'template', title: kind.type === 'Thing' ? texts.browse.template : texts.browse.base, value: (row: EntityRow) => row.parent, width: 150, grow: 1, drop: 1,
      cell: (row: EntityRow) => row.parent && <Link to={`/${kind.type === 'Thing' ? 'ThingTemplates' : 'DataShapes'}/${encodeURIComponent(row.parent)}`} tabIndex={-1} className="dim">{row.parent}</Link>,
    }] : []),
    {
      id: 'tags', title: texts.browse.tags, value: row => formatTags(row.tags), width: 130, grow: 1, drop: 4,
      cell: row => row.tags.length > 0 && <span className={css.tags} title={formatTags(row.tags)}>{row.tags.map(tag => <i key={formatTags([tag])}>{tag.vocabularyTerm || tag.vocabulary}</i>)}</span>,
    },
    { id: 'project', title: texts.browse.project, value: row => row.project, cell: row => row.project ? <span className="dim">{row.project}</span> : <span className="dim">–</span>, width: 110, grow: 1, drop: 3 },
    { id: 'modified', title: texts.browse.modified, value: row => row.modified, cell: row => <time className="dim" title={formatTime(row.modified)}>{formatDay(row.modified, live.serverNow())}</time>, width: 104, align: 'end' },
  ];
}

function placesOf({ here, bound }: Elsewhere): GridColumn<EntityRow>[] {
  const serverOf = (row: EntityRow) => bound.get(row.name)?.server ?? here;
  return [
    { id: 'server', title: texts.entity.dataLiveOn, value: serverOf, width: 150, grow: 2, cell: row => <Server name={serverOf(row)} here={!bound.has(row.name)} /> },
    {
      id: 'state', title: texts.browse.state, value: row => bound.get(row.name)?.state, width: 120,
      cell: row => { const found = bound.get(row.name); return found?.state && <LinkState of={{ ...found, state: found.state }} isPlain />; },
    },
  ];
}
