import { EyeOffRegular } from '@fluentui/react-icons/svg/eye-off';
import { EyeRegular } from '@fluentui/react-icons/svg/eye';
import { EditRegular } from '@fluentui/react-icons/svg/edit';
import { useMemo } from 'react';
import { Link as Anchor } from 'react-router';
import { flag, text, type Row } from '../../../api/infotable';
import { EmptyState } from '../../../parts/EmptyState';
import { ErrorBar } from '../../../parts/ErrorBar';
import { DataGrid, type GridColumn } from '../../../parts/grid';
import { RowSkeletons } from '../../../parts/Skeletons';
import { texts } from '../../../texts';
import css from '../Federation.module.css';
import { usePreviews, useSubscribers } from '../useSubscribers';

/** Each published Thing, and what every subscriber sees of it. */
export function SeesView() {
  const words = texts.federation;
  const found = useSubscribers();
  const subscribers = useMemo(() => found.data ?? [], [found.data]);
  const previews = usePreviews([...new Set(subscribers.map(one => one.user))]);
  const rows = [...(previews.byUser.values().next().value?.values() ?? [])];
  const columns: GridColumn<Row>[] = [
    { id: 'thing', title: words.thing, value: row => text(row, 'name'), width: 200, grow: 2, cell: row => <Anchor to={`/Things/${encodeURIComponent(text(row, 'name'))}`} tabIndex={-1}>{text(row, 'name')}</Anchor> },
    { id: 'template', title: words.template, value: row => text(row, 'thingTemplate'), width: 140, grow: 1, drop: 1, cell: row => <span className="dim">{text(row, 'thingTemplate')}</span> },
    ...subscribers.map(({ name, user }): GridColumn<Row> => {
      const of = (row: Row) => previews.byUser.get(user)?.get(text(row, 'name'));
      return { id: `sees ${name}`, title: words.asUser(name, user), value: row => Number(flag(of(row), 'isVisible')) + Number(flag(of(row), 'isWritable')), width: 190, grow: 1, cell: row => <Sight row={of(row)} /> };
    }),
  ];
  if (found.isPending || (subscribers.length > 0 && previews.isPending)) return <RowSkeletons rows={6} />;
  if (subscribers.length === 0 && !found.error) return <EmptyState icon={EyeRegular} title={words.seesNobody} hint={texts.subscriber.noneHint} />;
  return (
    <>
      <ErrorBar error={found.error ?? previews.error} />
      <p className="hint" style={{ margin: 0, padding: '10px 20px' }}>{words.seesHint}</p>
      <DataGrid id="federation-sees" label={words.sees} rows={rows} columns={columns} keyOf={row => text(row, 'name')} empty={<EmptyState title={words.publishedNone} hint={words.publishedNoneHint} />} />
    </>
  );
}

function Sight({ row }: { row: Row | undefined }) {
  const words = texts.federation;
  if (!flag(row, 'isVisible')) return <span className={`dim ${css.cell}`}><EyeOffRegular aria-hidden />{words.hidden}</span>;
  return flag(row, 'isWritable') ? <span className={css.cell}><EditRegular aria-hidden />{words.writes}</span> : <span className={css.cell}><EyeRegular aria-hidden />{words.reads}</span>;
}
