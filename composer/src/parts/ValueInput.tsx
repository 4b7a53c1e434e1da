import { Input, Switch, Textarea } from '@fluentui/react-components';
import { formatTags, isObject, tags, type Json } from '../api/infotable';
import { kindOfBaseType } from '../api/baseTypes';
import { kindById } from '../registry';
import { texts } from '../texts';
import { Picker } from './Picker';
import { TagsInput } from './TagsInput';

interface Properties {
  baseType: string;
  value: Json;
  onChange: (value: Json) => void;
  isReadOnly?: boolean;
  placeholder?: string;
}

const areas = ['TEXT', 'HTML', 'XML', 'JSON', 'QUERY', 'SCHEDULE', 'INFOTABLE', 'VEC2', 'VEC3', 'VEC4', 'THINGCODE'];
const pad = (value: number) => String(value).padStart(2, '0');

/** A time as a field of date and time holds it, in the zone of this browser. */
export const toLocalTime = (time: number): string => {
  const at = new Date(time);
  return `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}T${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`;
};

/** Edits a value as its base type is. What is typed and is no such value yet stays a text, for the server to refuse with its reason. */
export function ValueInput({ baseType, value, onChange, isReadOnly = false, placeholder, ...control }: Properties) {
  const kindId = kindOfBaseType(baseType);
  const kind = kindId === undefined ? undefined : kindById(kindId);
  const words = value === null ? '' : isObject(value) || Array.isArray(value) ? JSON.stringify(value, null, 2) : String(value);
  if (kind) return <Picker {...control} kind={kind} value={words} isReadOnly={isReadOnly} onChange={onChange} />;
  if (baseType === 'BOOLEAN') return <Switch {...control} style={{ marginLeft: -8 }} checked={value === true || value === 'true'} disabled={isReadOnly} label={value === true || value === 'true' ? texts.values.true : texts.values.false} onChange={(_, data) => onChange(data.checked)} />;
  if (baseType === 'TAGS') return <TagsInput {...control} value={typeof value === 'string' ? value : formatTags(tags({ value }, 'value'))} isReadOnly={isReadOnly} onChange={onChange} />;
  if (baseType === 'DATETIME') {
    return <Input {...control} type="datetime-local" step={1} readOnly={isReadOnly} value={typeof value === 'number' ? toLocalTime(value) : ''} onChange={(_, data) => onChange(data.value === '' ? null : new Date(data.value).getTime())} />;
  }
  if (baseType === 'LOCATION') {
    const at = isObject(value) ? [value['latitude'], value['longitude'], value['elevation']].filter(one => one !== undefined && one !== null).join(', ') : words;
    return <Input {...control} readOnly={isReadOnly} placeholder={placeholder ?? texts.values.location} value={at} onChange={(_, data) => onChange(data.value)} />;
  }
  if (areas.includes(baseType)) return <Textarea {...control} readOnly={isReadOnly} resize="vertical" rows={4} textarea={{ style: { fontFamily: 'var(--fontFamilyMonospace)', fontSize: 12 } }} value={words} onChange={(_, data) => onChange(data.value)} />;
  const isNumber = baseType === 'NUMBER' || baseType === 'INTEGER' || baseType === 'LONG';
  return (
    <Input
      {...control} readOnly={isReadOnly} value={words} placeholder={placeholder} type={baseType === 'PASSWORD' ? 'password' : 'text'} inputMode={isNumber ? 'decimal' : undefined}
      onChange={(_, data) => onChange(data.value)}
    />
  );
}
