import { useMemo } from 'react';
import type { InfoTable } from '../api/infotable';
import { texts } from '../texts';
import { EmptyState } from './EmptyState';
import { DataGrid } from './grid';
import { columnsOfFields, type NumberedRow } from './grid/fields';

/** An InfoTable to look at: a column for each field of its Data Shape. */
export function TableView({ id, label, table }: { id: string; label: string; table: InfoTable }) {
  const rows = useMemo(() => table.rows.map((row, index) => ({ row, key: String(index) })), [table.rows]);
  const columns = useMemo(() => columnsOfFields<NumberedRow>(table.fields, one => one.row, rows), [table.fields, rows]);
  return <DataGrid id={id} label={label} rowHeight={26} rows={rows} columns={columns} keyOf={one => one.key} empty={<EmptyState title={texts.data.noneMatch} />} />;
}
