import { Input, Switch, Textarea } from '@fluentui/react-components';
import { kindOfBaseType } from '../../../api/baseTypes';
import type { FieldDefinition, Json } from '../../../api/infotable';
import { Picker } from '../../../parts/Picker';
import { kindById } from '../../../registry';
import { texts } from '../../../texts';

interface Properties {
  field: FieldDefinition;
  value: Json;
  onChange: (value: Json) => void;
  isReadOnly?: boolean;
}

/** Whether the field needs a line of its own. */
export const isWide = (field: FieldDefinition): boolean => areas.includes(field.baseType) || /description/i.test(field.name);

/** Edits a setting as its base type is. What is no such value is a text, for the server to refuse with its reason. */
export function SettingInput({ field, value, onChange, isReadOnly = false, ...control }: Properties) {
  const kind = kindById(kindOfBaseType(field.baseType) ?? '');
  const words = value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
  if (kind) return <Picker {...control} kind={kind} value={words} isReadOnly={isReadOnly} onChange={onChange} />;
  if (field.baseType === 'BOOLEAN') {
    return <Switch {...control} style={{ marginLeft: -8 }} checked={value === true} disabled={isReadOnly} label={value === true ? texts.yes : texts.no} onChange={(_, data) => onChange(data.checked)} />;
  }
  if (areas.includes(field.baseType)) return <Textarea {...control} resize="vertical" rows={3} readOnly={isReadOnly} value={words} onChange={(_, data) => onChange(data.value)} />;
  const isNumber = numbers.includes(field.baseType);
  return (
    <Input
      {...control} readOnly={isReadOnly} value={words} type={field.baseType === 'PASSWORD' ? 'password' : 'text'} autoComplete={field.baseType === 'PASSWORD' ? 'new-password' : 'off'}
      inputMode={isNumber ? 'decimal' : undefined}
      onChange={(_, data) => onChange(isNumber ? numberOf(data.value) : data.value)}
    />
  );
}

const areas = ['TEXT', 'HTML', 'XML', 'JSON'];
const numbers = ['NUMBER', 'INTEGER', 'LONG'];

// A number as soon as it is one, so that setting it back to what is saved is no change.
const numberOf = (text: string): Json => (text === '' ? null : Number.isFinite(Number(text)) && !text.endsWith('.') ? Number(text) : text);
