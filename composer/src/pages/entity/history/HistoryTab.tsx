import { HistoryRegular } from '@fluentui/react-icons/svg/history';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { text, time, type Row } from '../../../api/infotable';
import { call, invoke } from '../../../api/services';
import { keys } from '../../../app/queries';
import { EmptyState } from '../../../parts/EmptyState';
import { ErrorBar } from '../../../parts/ErrorBar';
import { formatTime } from '../../../parts/format';
import { DataGrid, type GridColumn } from '../../../parts/grid';
import { RowSkeletons } from '../../../parts/Skeletons';
import type { EntityTabProps } from '../../../registry';
import { texts } from '../../../texts';

const mostEntries = 1_000;

/** Who changed the entity and when, from the audit. */
export default function HistoryTab({ entity }: EntityTabProps) {
  const history = useQuery({
    queryKey: [...keys.entity(entity.kind, entity.name), 'history'],
    // Who may read a Thing may read its history; of other kinds only the audit as a whole knows.
    queryFn: ({ signal }) => entity.kind === 'Things'
      ? invoke('Things', entity.name, 'QueryAuditHistory', { maxItems: mostEntries }, signal)
      : call('Subsystems/AuditSubsystem', 'QueryAuditHistory', { maxItems: mostEntries, query: about(entity.name, entity.type) }, signal),
  });
  const rows = useMemo(() => (history.data?.rows ?? []).map((row, index) => ({ row, key: String(index) })), [history.data]);
  if (history.isPending) return <RowSkeletons />;
  if (history.error) return <ErrorBar error={history.error} action={{ label: texts.actions.tryAgain, run: () => void history.refetch() }} />;
  return (
    <DataGrid
      id="history" label={texts.entity.tabs.history} rows={rows} columns={columns} keyOf={one => one.key}
      empty={<EmptyState icon={HistoryRegular} title={texts.history.none} hint={texts.history.noneHint} />}
    />
  );
}

const about = (name: string, type: string) => ({
  filters: { type: 'AND', filters: [{ type: 'EQ', fieldName: 'source', value: name }, { type: 'EQ', fieldName: 'sourceType', value: type }] },
});

interface Entry { readonly row: Row; readonly key: string }

const columns: GridColumn<Entry>[] = [
  { id: 'timestamp', title: texts.history.time, value: one => time(one.row, 'timestamp'), cell: one => <span className="num">{formatTime(time(one.row, 'timestamp') ?? 0)}</span>, width: 210 },
  { id: 'user', title: texts.history.user, value: one => text(one.row, 'user'), cell: one => <b style={{ fontWeight: 500 }}>{text(one.row, 'user')}</b>, width: 150 },
  { id: 'message', title: texts.history.what, value: one => text(one.row, 'message'), cell: one => <span title={text(one.row, 'message')}>{text(one.row, 'message')}</span>, width: 240, grow: 1 },
  { id: 'category', title: texts.history.category, value: one => text(one.row, 'auditCategory'), cell: one => <span className="dim">{text(one.row, 'auditCategory')}</span>, width: 110, drop: 1 },
];
