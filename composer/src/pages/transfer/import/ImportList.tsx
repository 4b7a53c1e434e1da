import { useMemo } from 'react';
import { Link, useNavigate } from 'react-router';
import type { ImportLine } from '../../../api/transfer';
import { entityKey } from '../../../app/entityDraft';
import { DataGrid, type GridColumn } from '../../../parts/grid';
import { Name } from '../../../parts/Name';
import { kindOfType } from '../../../registry';
import { texts } from '../../../texts';
import css from '../Transfer.module.css';

const words = texts.transfer;

/** Entity by entity what an import does, or has done. */
export function ImportList({ lines, isDone }: { lines: readonly ImportLine[]; isDone: boolean }) {
  const navigate = useNavigate();
  const rows = useMemo(() => lines.map((line, index) => ({ ...line, key: String(index) })), [lines]);
  const columns = useMemo(() => columnsOf(isDone), [isDone]);
  const addressOf = ({ type, name, outcome }: ImportLine) => { const kind = kindOfType(type); return kind && (isDone ? outcome !== 'passedOver' : outcome === 'replaced') ? entityKey(kind.collection, name) : undefined; };
  return <div className={css.grid}><DataGrid id="import" label={words.entities} rows={rows} columns={columns} keyOf={row => row.key} onOpen={row => { const to = addressOf(row); if (to) void navigate(to); }} /></div>;
}

function columnsOf(isDone: boolean): GridColumn<ImportLine & { readonly key: string }>[] {
  const outcomes = words.outcomes(isDone);
  return [
    { id: 'outcome', title: words.outcome, value: row => outcomes[row.outcome], cell: row => <span className={row.outcome === 'failed' ? css.failed : undefined}>{outcomes[row.outcome]}</span>, width: 160 },
    {
      id: 'name', title: words.name, value: row => row.name, width: 170, grow: 2,
      cell: row => {
        const kind = kindOfType(row.type);
        const isThere = row.outcome === 'replaced' || (isDone && row.outcome === 'created');
        return kind && isThere ? <Link to={entityKey(kind.collection, row.name)} tabIndex={-1} className={css.name}><Name name={row.name} /></Link> : <span className={css.name}><Name name={row.name} /></span>;
      },
    },
    { id: 'type', title: words.type, value: row => row.type, cell: row => <span className="dim">{row.type}</span>, width: 120, drop: 1 },
    { id: 'line', title: words.lineHead, value: row => (row.line > 0 ? row.line : undefined), width: 60, align: 'end' },
    { id: 'reason', title: words.reason, value: row => row.reason, cell: row => <span title={row.reason}>{row.outcome === 'passedOver' ? words.notKept : row.reason}</span>, width: 240, grow: 4 },
  ];
}
