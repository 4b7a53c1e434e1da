import { Button } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { ArrowSwapRegular } from '@fluentui/react-icons/svg/arrow-swap';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { useMemo, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { mostListed } from '../../api/entities';
import { useKindList } from '../../api/lists';
import { useSession } from '../../app/session';
import { useStatus } from '../../frame/status';
import { useShortcut } from '../../frame/shortcuts';
import { DeleteDialog } from '../../parts/entities/DeleteDialog';
import { DuplicateDialog } from '../../parts/entities/DuplicateDialog';
import { EmptyState } from '../../parts/EmptyState';
import { ErrorBar } from '../../parts/ErrorBar';
import { FilterBox } from '../../parts/FilterBox';
import { ColumnChoice, DataGrid, type Sorting } from '../../parts/grid';
import { useBoundThings } from '../../parts/links/useLinks';
import { PageHead } from '../../parts/PageHead';
import { RowSkeletons } from '../../parts/Skeletons';
import { Toolbar } from '../../parts/Toolbar';
import { ToolButton } from '../../parts/ToolButton';
import { isRemoteTemplate, kindTexts, type Kind } from '../../registry';
import { texts } from '../../texts';
import { addressOf, columnsOf } from './columns';
import { FacetChips } from './FacetChips';
import { filterRows, readFilter } from './filter';

/** The list of a kind: filter, choose, make, copy, delete. */
export function ListPage({ kind }: { kind: Kind }) {
  const words = kindTexts(kind);
  const navigate = useNavigate();
  const { isAdministrator } = useSession();
  const [address, setAddress] = useSearchParams();
  const filter = useMemo(() => readFilter(address), [address]);
  const list = useKindList(kind);
  const [selection, setSelection] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<'delete' | 'duplicate' | undefined>();
  const { server } = useSession();
  const hasRemote = kind.type === 'Thing' && (list.data?.some(row => isRemoteTemplate(row.parent)) ?? false);
  const bound = useBoundThings({ isWanted: hasRemote });
  const columns = useMemo(() => columnsOf(kind, hasRemote && bound ? { here: server.name, bound: new Map(bound.map(thing => [thing.name, thing])) } : undefined), [kind, hasRemote, bound, server.name]);
  const rows = useMemo(() => filterRows(list.data ?? [], filter), [list.data, filter]);
  const chosen = rows.filter(row => selection.has(row.name));
  const [only] = chosen;

  const put = (changes: Record<string, string>) => setAddress(current => {
    const next = new URLSearchParams(current);
    for (const [name, value] of Object.entries(changes)) if (value === '') next.delete(name); else next.set(name, value);
    return next;
  }, { replace: true });
  const sorting: Sorting = { id: address.get('sort') ?? 'name', isDescending: address.get('order') === 'descending' };
  const isFiltered = filter.q !== '' || filter.template !== '' || filter.project !== '' || filter.tag !== '' || filter.made !== '';
  const clear = () => put({ q: '', template: '', project: '', tag: '', made: '' });
  const make = () => void navigate(`/new/${kind.id}`);
  const canMake = kind.making !== undefined;
  const canExport = canMake && isAdministrator;
  const canCopy = kind.making?.clone !== undefined;

  const remote = kind.templates ? (list.data ?? []).filter(row => isRemoteTemplate(row.parent)).length : 0;
  useStatus(list.data === undefined ? '' : texts.browse.count(rows.length, list.data.length, words, remote));
  useShortcut({ keys: 'N', does: texts.create.title(words.one), isOff: !canMake }, make);
  useShortcut({ keys: 'E', does: texts.browse.editChosen, isOff: chosen.length !== 1 }, () => { if (only) void navigate(addressOf(kind, only.name)); });
  useShortcut({ keys: 'Delete', does: texts.browse.deleteChosen, isOff: chosen.length === 0 }, () => setDialog('delete'));

  return (
    <>
      <PageHead icon={kind.icon} title={words.many} hint={words.hint} />
      <Toolbar end={<><FilterBox value={filter.q} label={texts.browse.filter} onChange={q => put({ q })} /><ColumnChoice id={`list-${kind.id}`} columns={columns} /></>}>
        {canMake && <Button appearance="primary" icon={<AddRegular />} onClick={make}>{texts.actions.new}</Button>}
        {canCopy && <ToolButton icon={CopyRegular} label={texts.actions.duplicate} disabled={chosen.length !== 1} hint={chosen.length === 1 ? undefined : texts.browse.chooseOne} onClick={() => setDialog('duplicate')} />}
        {canMake && <ToolButton icon={DeleteRegular} label={texts.actions.delete} disabled={chosen.length === 0} hint={chosen.length === 0 ? texts.browse.chooseAny : undefined} onClick={() => setDialog('delete')} />}
        {canExport && <ToolButton icon={ArrowSwapRegular} label={texts.transfer.title} appearance="subtle" onClick={() => void navigate(`/transfer/export?kind=${kind.id}`)} />}
      </Toolbar>
      <FacetChips rows={list.data ?? []} filter={filter} onChange={(facet, value) => put({ [facet]: value })} />
      {list.error && <ErrorBar error={list.error} action={{ label: texts.actions.tryAgain, run: () => void list.refetch() }} />}
      {list.data?.length === mostListed && <ErrorBar error={texts.browse.cut(mostListed)} />}
      {list.isPending && <RowSkeletons rows={12} />}
      {list.data && (
        <DataGrid
          id={`list-${kind.id}`} label={words.many} rows={rows} columns={columns} keyOf={row => row.name} onOpen={row => void navigate(addressOf(kind, row.name))}
          selection={selection} {...(canMake ? { onSelection: setSelection } : {})} sorting={sorting}
          onSorting={next => put({ sort: next.id === 'name' ? '' : next.id, order: next.isDescending ? 'descending' : '' })}
          empty={isFiltered
            ? <EmptyState icon={kind.icon} title={texts.browse.noneMatch(words.many)} hint={texts.browse.noneMatchHint(filter.q)} action={{ label: texts.browse.clearFilter, run: clear }} />
            : <EmptyState icon={kind.icon} title={texts.browse.none(words.many)} hint={words.hint} {...(canMake ? { action: { label: texts.create.title(words.one), run: make, isPrimary: true } } : {})} />}
        />
      )}
      {dialog === 'delete' && <DeleteDialog kind={kind} rows={chosen} onClose={() => setDialog(undefined)} onDone={() => setSelection(new Set())} />}
      {dialog === 'duplicate' && only && <DuplicateDialog kind={kind} name={only.name} onClose={() => setDialog(undefined)} />}
    </>
  );
}
