import { Input, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import { isNumeric } from '../../api/filter';
import { isObject, type FieldDefinition, type Json } from '../../api/infotable';
import { formatValue, parseValue } from '../../api/values';
import css from './ValueInput.module.css';

interface Properties {
  field: FieldDefinition;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  onError?: ((sentence: string | undefined) => void) | undefined;
  placeholder?: string;
}

const placeholders: Readonly<Record<string, string>> = { LOCATION: '53.87, 10.69', GUID: '00000000-0000-…', TIMESPAN: '250' };

/** An input whose text is read as a base type: what cannot be read is told and changes nothing. */
export function TypedInput({ field, value, onChange, onError, placeholder = '', ...rest }: Properties) {
  const isCode = ['JSON', 'XML', 'QUERY', 'INFOTABLE', 'THINGCODE'].includes(field.baseType);
  const shown = isCode && (isObject(value) || Array.isArray(value)) ? JSON.stringify(value, null, 2) : formatValue(value, field.baseType);
  const [typed, setTyped] = useState(shown);
  const [known, setKnown] = useState(value);
  // The value changed from outside, such as by an earlier run.
  if (JSON.stringify(known) !== JSON.stringify(value)) {
    setKnown(value);
    setTyped(shown);
  }
  const change = (text: string) => {
    setTyped(text);
    try {
      const next = parseValue(text, field);
      setKnown(next);
      onChange(next);
      onError?.(undefined);
    } catch (error) {
      onError?.(error instanceof Error ? error.message : String(error));
    }
  };
  return isCode
    ? <Textarea {...rest} size="small" resize="vertical" rows={4} className={css.code} spellCheck={false} value={typed} onChange={(_, data) => change(data.value)} />
    : (
      <Input
        {...rest} size="small" className={css.wide} inputMode={isNumeric(field.baseType) ? 'decimal' : 'text'} autoComplete="off" placeholder={placeholder || placeholders[field.baseType] || ''}
        value={typed} onChange={(_, data) => change(data.value)}
      />
    );
}
