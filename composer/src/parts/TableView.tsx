import { useMemo } from 'react';
import type { InfoTable, Row } from '../api/infotable';
import { texts } from '../texts';
import { DataGrid, type GridColumn } from './grid';
import { isNumeric } from '../api/members';
import { valueText } from './valueText';

interface Numbered { readonly key: string; readonly row: Row }

/** An InfoTable as a grid. */
export function TableView({ id, label, table }: { id: string; label: string; table: InfoTable }) {
  const rows = useMemo(() => table.rows.map((row, index) => ({ key: String(index), row })), [table]);
  const columns = useMemo(() => table.fields.map((field): GridColumn<Numbered> => ({
    id: field.name, title: field.name, width: 110, grow: 1, ...(isNumeric(field.baseType) ? { align: 'end' as const } : {}),
    value: ({ row }) => { const value = row[field.name]; return typeof value === 'number' || typeof value === 'boolean' ? value : valueText(value, field.baseType); },
    cell: ({ row }) => { const words = valueText(row[field.name], field.baseType); return <span title={words}>{words}</span>; },
  })), [table.fields]);
  return <DataGrid id={id} label={label} rows={rows} columns={columns} keyOf={one => one.key} rowHeight={26} empty={<p className="hint" style={{ padding: '12px 20px' }}>{texts.values.noRows}</p>} />;
}
