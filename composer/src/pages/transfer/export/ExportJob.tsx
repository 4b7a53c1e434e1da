import { Button, ProgressBar } from '@fluentui/react-components';
import { ArrowDownloadRegular } from '@fluentui/react-icons/svg/arrow-download';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { searchEntities, type EntityRow } from '../../../api/entities';
import { formatTags } from '../../../api/infotable';
import { live } from '../../../api/live';
import { saveFile } from '../../../api/tableFiles';
import { exportEntities } from '../../../api/transfer';
import { entityKey } from '../../../app/entityDraft';
import { keys } from '../../../app/queries';
import { useSession } from '../../../app/session';
import { useAddress } from '../../../app/useAddress';
import { tell, useStatus } from '../../../frame/status';
import { Chip } from '../../../parts/Chip';
import { EmptyState } from '../../../parts/EmptyState';
import { ErrorBar } from '../../../parts/ErrorBar';
import { FilterBox } from '../../../parts/FilterBox';
import { formatDay } from '../../../parts/format';
import { DataGrid, type GridColumn } from '../../../parts/grid';
import { Name } from '../../../parts/Name';
import { Late, RowSkeletons } from '../../../parts/Skeletons';
import { Toolbar } from '../../../parts/Toolbar';
import { kindOfRow, kindOfType, kinds, kindTexts } from '../../../registry';
import { texts } from '../../../texts';
import css from '../Transfer.module.css';
import { fileName, narrow } from './choice';

const words = texts.transfer;
/** The types that files hold. */
const types = ['Project', 'ModelTag', 'DataTag', 'DataShape', 'ThingShape', 'ThingTemplate', 'Thing', 'Network', 'User', 'Group', 'Organization', 'ApplicationKey'];
const keyOf = (row: EntityRow) => `${row.type}/${row.name}`;
const wordOf = (row: EntityRow) => { const kind = kindOfRow(row); return kind ? kindTexts(kind).one : row.type; };

/** Writes entities to a file: those that are chosen, or all that the filters show. */
export function ExportJob() {
  const { server } = useSession();
  const navigate = useNavigate();
  const [address, put] = useAddress();
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set());
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const all = useQuery({ queryKey: [...keys.lists, 'exported'], queryFn: async ({ signal }) => (await searchEntities({ types }, signal)).filter(row => !row.isSystem) });
  const filter = { kind: address.get('kind') ?? '', project: address.get('project') ?? '', tag: address.get('tag') ?? '', q: address.get('q') ?? '' };
  const key = JSON.stringify(filter);
  const rows = useMemo(() => narrow(all.data ?? [], filter), [all.data, key]);
  const chosen = rows.filter(row => selection.has(keyOf(row)));
  const exported = chosen.length > 0 ? chosen : rows;
  const offered = (value: (row: EntityRow) => readonly string[]) => [...new Set((all.data ?? []).flatMap(value))].filter(Boolean).sort((a, b) => a.localeCompare(b));
  const offeredKinds = kinds.filter(kind => all.data?.some(row => kindOfRow(row) === kind)).map(kind => kind.id);
  useStatus(all.data ? words.exportCount(rows.length, chosen.length) : '');

  const save = async () => {
    setIsBusy(true);
    setFailure(undefined);
    try {
      const name = fileName(server.name, filter, live.serverNow());
      saveFile(name, await exportEntities(exported), 'application/xml');
      tell(words.exported(exported.length, name));
    } catch (error) {
      setFailure(error);
    }
    setIsBusy(false);
  };
  return (
    <>
      <Toolbar end={<FilterBox value={filter.q} label={words.filter} onChange={q => put({ q })} />}>
        <Button appearance="primary" icon={<ArrowDownloadRegular />} disabled={isBusy || exported.length === 0} title={exported.length === 0 ? words.nothingToExport : undefined} onClick={() => void save()}>{words.export(exported.length, chosen.length > 0)}</Button>
        <Chip label={words.kind} value={filter.kind} values={offeredKinds} wordOf={id => { const kind = kinds.find(one => one.id === id); return kind ? kindTexts(kind).many : id; }} onChange={kind => put({ kind })} />
        <Chip label={texts.browse.project} value={filter.project} values={offered(row => [row.project])} onChange={project => put({ project })} />
        <Chip label={texts.browse.facets.tag} value={filter.tag} values={offered(row => row.tags.map(tag => formatTags([tag])))} onChange={tag => put({ tag })} />
      </Toolbar>
      {isBusy && <Late><div className={css.note}><ProgressBar aria-label={words.exporting} /></div></Late>}
      <p className={`hint ${css.note ?? ''}`}>{words.exportHint}</p>
      <ErrorBar error={all.error ?? failure} />
      {all.isPending ? <RowSkeletons rows={12} /> : (
        <div className={css.grid}>
          <DataGrid
            id="export" label={words.entities} rows={rows} columns={columns} keyOf={keyOf} selection={selection} onSelection={setSelection}
            onOpen={row => { const kind = kindOfType(row.type); if (kind) void navigate(entityKey(kind.collection, row.name)); }}
            empty={<EmptyState title={all.data?.length ? words.noneMatch : words.nothingToExport} {...(all.data?.length ? { action: { label: texts.browse.clearFilter, run: () => put({ kind: '', project: '', tag: '', q: '' }) } } : {})} />}
          />
        </div>
      )}
    </>
  );
}

const columns: readonly GridColumn<EntityRow>[] = [
  { id: 'name', title: words.name, value: row => row.name, cell: row => { const kind = kindOfRow(row); return <span className={css.name}>{kind && <kind.icon aria-hidden />}<Name name={row.name} /></span>; }, width: 240, grow: 3 },
  { id: 'kind', title: words.kind, value: wordOf, cell: row => <span className="dim">{wordOf(row)}</span>, width: 150, grow: 1 },
  { id: 'project', title: texts.browse.project, value: row => row.project, cell: row => <span className="dim">{row.project}</span>, width: 130, grow: 1, drop: 1 },
  { id: 'tags', title: texts.browse.tags, value: row => formatTags(row.tags), cell: row => <span className="dim">{formatTags(row.tags)}</span>, width: 150, grow: 1, drop: 3 },
  { id: 'modified', title: texts.browse.modified, value: row => row.modified, cell: row => <span className="dim">{formatDay(row.modified, live.serverNow())}</span>, width: 104, align: 'end', drop: 2 },
];
