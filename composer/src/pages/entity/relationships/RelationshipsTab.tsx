import { LinkMultipleRegular } from '@fluentui/react-icons/svg/link-multiple';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { text } from '../../../api/infotable';
import { invoke } from '../../../api/services';
import { entityKey } from '../../../app/entityDraft';
import { keys } from '../../../app/queries';
import { useStatus } from '../../../frame/status';
import { EmptyState } from '../../../parts/EmptyState';
import { ErrorBar } from '../../../parts/ErrorBar';
import { FilterBox } from '../../../parts/FilterBox';
import { DataGrid, type GridColumn } from '../../../parts/grid';
import { RowSkeletons } from '../../../parts/Skeletons';
import { Toolbar } from '../../../parts/Toolbar';
import { kindOfType, kindTexts, type EntityTabProps } from '../../../registry';
import { texts } from '../../../texts';
import { ImplementedShapes } from './ImplementedShapes';
import css from './RelationshipsTab.module.css';

export { draft } from './shapeDraft';

const words = texts.relationships;
const most = 500;

interface Named { readonly name: string; readonly type: string; readonly description: string }

/** What the entity names, what names it, and the Thing Shapes that it implements. */
export default function RelationshipsTab({ entity }: EntityTabProps) {
  const [address, setAddress] = useSearchParams();
  const filter = (address.get('q') ?? '').toLowerCase();
  const found = useQuery({
    queryKey: [...keys.entity(entity.kind, entity.name), 'dependencies'],
    queryFn: async ({ signal }) => {
      const [uses, usedBy] = await Promise.all(['GetOutgoingDependencies', 'GetIncomingDependencies'].map(async service =>
        (await invoke(entity.kind, entity.name, service, { maxItems: most }, signal)).rows.map((row): Named => ({ name: text(row, 'name'), type: text(row, 'type'), description: text(row, 'description') }))));
      return { uses: uses ?? [], usedBy: usedBy ?? [] };
    },
  });
  useStatus(found.data ? words.count(found.data.uses.length, found.data.usedBy.length) : '');
  const hasShapes = entity.kind === 'Things' || entity.kind === 'ThingTemplates';
  return (
    <div className={css.page}>
      <Toolbar end={<FilterBox value={address.get('q') ?? ''} label={words.filter} onChange={q => setAddress(q === '' ? {} : { q }, { replace: true })} />} />
      {found.error && <ErrorBar error={found.error} action={{ label: texts.actions.tryAgain, run: () => void found.refetch() }} />}
      {found.isPending && <RowSkeletons />}
      {found.data && <div className={css.lists}><List side="uses" rows={found.data.uses} filter={filter} /><List side="usedBy" rows={found.data.usedBy} filter={filter} /></div>}
      {hasShapes && <ImplementedShapes entity={entity} />}
    </div>
  );
}

function List({ side, rows, filter }: { side: 'uses' | 'usedBy'; rows: readonly Named[]; filter: string }) {
  const navigate = useNavigate();
  const matching = useMemo(() => rows.filter(row => row.name.toLowerCase().includes(filter) || wordOf(row.type).toLowerCase().includes(filter)), [rows, filter]);
  return (
    <section className={css.list} aria-label={words[side]}>
      <h2>{words[side]}{rows.length === most && <span className="hint">{words.cut(most)}</span>}</h2>
      <DataGrid
        id={`relationships-${side}`} label={words[side]} rows={matching} columns={columns} keyOf={row => `${row.type}/${row.name}`} onOpen={row => { const to = addressOf(row); if (to) void navigate(to); }}
        empty={<EmptyState icon={LinkMultipleRegular} title={rows.length === 0 ? words.none[side] : texts.properties.noneMatch} />}
      />
    </section>
  );
}

const wordOf = (type: string): string => { const kind = kindOfType(type); return kind ? kindTexts(kind).one : type; };

const addressOf = (row: Named): string | undefined => { const kind = kindOfType(row.type); return kind && entityKey(kind.collection, row.name); };

const columns: GridColumn<Named>[] = [
  {
    id: 'name', title: texts.members.name, width: 180, grow: 1, value: row => row.name,
    cell: row => { const [kind, to] = [kindOfType(row.type), addressOf(row)]; return <span className={css.name}>{kind && <kind.icon aria-hidden />}{to ? <Link className="ellipsis" to={to}>{row.name}</Link> : row.name}</span>; },
  },
  { id: 'type', title: words.type, width: 130, value: row => wordOf(row.type), cell: row => <span className="dim">{wordOf(row.type)}</span> },
  { id: 'description', title: words.description, width: 140, grow: 1, drop: 1, value: row => row.description, cell: row => <span className="dim" title={row.description}>{row.description}</span> },
];
