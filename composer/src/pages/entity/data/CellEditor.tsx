import { useState, type KeyboardEvent } from 'react';
import type { FieldDefinition, Row } from '../../../api/infotable';
import { formatValue, parseValue } from '../../../api/values';
import { sentenceOf } from '../../../parts/ErrorBar';
import { withCell } from '../../../parts/values/tables';
import { texts } from '../../../texts';
import css from './DataTab.module.css';

interface Properties {
  field: FieldDefinition;
  row: Row;
  /** @throws what the server says against it. */
  onSave: (row: Row) => Promise<void>;
  /** The focus went elsewhere. */
  onClose: () => void;
  /** Given up by a key: the focus goes back to the grid. */
  onCancel: () => void;
}

/** A cell that is edited in its place: Enter saves, Escape leaves it as it was. */
export function CellEditor({ field, row, onSave, onClose, onCancel }: Properties) {
  const [typed, setTyped] = useState(formatValue(row[field.name], field.baseType));
  const [error, setError] = useState<string | undefined>();
  const save = async () => {
    try {
      await onSave(withCell([row], 0, field.name, parseValue(typed, field))[0] ?? row);
    } catch (failure) {
      setError(sentenceOf(failure));
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Enter') void save();
    if (event.key === 'Escape') onCancel();
  };
  return (
    <input
      autoFocus className={css.cellInput} aria-label={texts.values.cell(field.name, 1)} aria-invalid={error !== undefined || undefined} title={error} value={typed}
      onChange={event => { setTyped(event.target.value); setError(undefined); }} onKeyDown={onKeyDown} onBlur={() => { if (error === undefined) onClose(); }} onDoubleClick={event => event.stopPropagation()}
    />
  );
}
