import { useState, type ClipboardEvent } from 'react';
import { isNumeric } from '../../api/filter';
import type { FieldDefinition, Json } from '../../api/infotable';
import { formatValue, parseValue } from '../../api/values';
import css from './TableInput.module.css';

interface Properties {
  id: string;
  field: FieldDefinition;
  label: string;
  value: Json | undefined;
  isWrong: boolean;
  onChange: (value: Json | undefined) => void;
  onError: (sentence: string | undefined) => void;
  onPaste: (event: ClipboardEvent) => void;
}

/** A cell of an editable table, as its field's base type wants it. */
export function Cell({ id, field, label, value, isWrong, onChange, onError, onPaste }: Properties) {
  const shown = formatValue(value, field.baseType);
  const [typed, setTyped] = useState(shown);
  const [known, setKnown] = useState(value);
  if (JSON.stringify(known) !== JSON.stringify(value)) {
    setKnown(value);
    setTyped(shown);
  }
  if (field.baseType === 'BOOLEAN') {
    return <div className={css.check}><input id={id} type="checkbox" aria-label={label} checked={value === true} onChange={event => onChange(event.target.checked)} /></div>;
  }
  const change = (text: string) => {
    setTyped(text);
    try {
      const next = parseValue(text, field);
      setKnown(next);
      onChange(next);
      onError(undefined);
    } catch (error) {
      onError(`${field.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  return (
    <input
      id={id} className={css.cell} data-type={field.baseType} data-end={isNumeric(field.baseType) || undefined} aria-label={label} aria-invalid={isWrong || undefined} autoComplete={field.baseType === 'PASSWORD' ? 'new-password' : 'off'}
      type={field.baseType === 'PASSWORD' ? 'password' : 'text'} inputMode={isNumeric(field.baseType) ? 'decimal' : undefined} placeholder={field.baseType === 'DATETIME' ? '2026-05-12 10:42:18' : undefined}
      value={typed} onChange={event => change(event.target.value)} onPaste={onPaste}
    />
  );
}
