import { SearchRegular } from '@fluentui/react-icons/svg/search';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { searchEntities, type EntityRow } from '../../api/entities';
import { formatTags } from '../../api/infotable';
import { live } from '../../api/live';
import { entityKey } from '../../app/entityDraft';
import { keys } from '../../app/queries';
import { useStatus } from '../../frame/status';
import { Chip } from '../../parts/Chip';
import { EmptyState } from '../../parts/EmptyState';
import { ErrorBar } from '../../parts/ErrorBar';
import { FilterBox } from '../../parts/FilterBox';
import { formatDay } from '../../parts/format';
import { DataGrid, type GridColumn } from '../../parts/grid';
import { Name } from '../../parts/Name';
import { PageHead } from '../../parts/PageHead';
import { RowSkeletons } from '../../parts/Skeletons';
import { Toolbar } from '../../parts/Toolbar';
import { kindOfType, kinds, kindTexts } from '../../registry';
import { texts } from '../../texts';

const mostFound = 500;
const types = [...new Set(kinds.map(kind => kind.type))];
const wordOf = (type: string) => { const kind = kindOfType(type); return kind ? kindTexts(kind).many : type; };
const oneOf = (type: string) => { const kind = kindOfType(type); return kind ? kindTexts(kind).one : type; };
const addressOf = (row: EntityRow) => entityKey(kindOfType(row.type)?.collection ?? row.type, row.name);

/** Entities of all kinds by a part of their name or description, by tag and by kind. */
export default function SearchPage() {
  const [address, setAddress] = useSearchParams();
  const navigate = useNavigate();
  const [q, tag, type] = [address.get('q') ?? '', address.get('tag') ?? '', address.get('type') ?? ''];
  const put = (name: string, value: string) => setAddress(current => {
    const next = new URLSearchParams(current);
    if (value === '') next.delete(name); else next.set(name, value);
    return next;
  }, { replace: true });
  const found = useQuery({
    queryKey: [...keys.search(q), tag, type],
    queryFn: ({ signal }) => searchEntities({ expression: q, ...(tag ? { tags: tag } : {}), ...(type ? { types: [type] } : {}), maxItems: mostFound }, signal),
    enabled: q !== '' || tag !== '' || type !== '',
    placeholderData: keepPreviousData,
  });
  useStatus(found.data ? texts.search.count(found.data.length, mostFound) : '');
  const none = found.data === undefined ? <EmptyState icon={SearchRegular} title={texts.search.start} hint={texts.search.startHint} /> : <EmptyState icon={SearchRegular} title={texts.search.nothing(q)} hint={texts.search.nothingHint} />;
  return (
    <>
      <PageHead icon={SearchRegular} title={texts.search.title} hint={texts.search.hint} />
      <Toolbar end={<Chip label={texts.search.kind} value={type} values={types} wordOf={wordOf} onChange={value => put('type', value)} />}><FilterBox value={q} label={texts.search.field} onChange={value => put('q', value)} /></Toolbar>
      <ErrorBar error={found.error} />
      {found.isLoading ? <RowSkeletons /> : <DataGrid id="search" label={texts.search.title} rows={found.data ?? []} columns={columns} keyOf={row => `${row.type}/${row.name}`} onOpen={row => void navigate(addressOf(row))} empty={none} />}
    </>
  );
}

const columns: GridColumn<EntityRow>[] = [
  { id: 'name', title: texts.browse.name, value: row => row.name, cell: row => <Link to={addressOf(row)} tabIndex={-1} style={{ display: 'inline-flex', maxWidth: '100%', fontWeight: 500 }}><Name name={row.name} /></Link>, width: 220, grow: 3 },
  { id: 'kind', title: texts.search.kind, value: row => row.type, cell: row => <span className="dim">{oneOf(row.type)}</span>, width: 150, grow: 1 },
  { id: 'template', title: texts.browse.template, value: row => row.parent, cell: row => <span className="dim">{row.parent}</span>, width: 140, grow: 1, drop: 2 },
  { id: 'description', title: texts.browse.description, value: row => row.description, cell: row => <span className="dim" title={row.description}>{row.description}</span>, width: 200, grow: 4, drop: 1 },
  { id: 'tags', title: texts.browse.tags, value: row => formatTags(row.tags), cell: row => <span className="dim">{formatTags(row.tags)}</span>, width: 130, grow: 1, drop: 3 },
  { id: 'modified', title: texts.browse.modified, value: row => row.modified, cell: row => <span className="dim">{formatDay(row.modified, live.serverNow())}</span>, width: 104, align: 'end' },
];
