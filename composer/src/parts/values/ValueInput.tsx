import { Input, Switch, Textarea, useFieldControlProps_unstable as useFieldControlProps } from '@fluentui/react-components';
import { kindOfType, type Kind } from '../../registry';
import type { FieldDefinition, Json } from '../../api/infotable';
import { formatTags, tags as readTags, type Row } from '../../api/infotable';
import { formatStamp, formatValue } from '../../api/values';
import { texts } from '../../texts';
import { Picker } from '../Picker';
import { TagsInput } from '../TagsInput';
import { FileInput } from './FileInput';
import { TypedInput } from './TypedInput';
import css from './ValueInput.module.css';

interface Properties {
  field: FieldDefinition;
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  /** Called with what is wrong with what is typed, undefined when it is right again. */
  onError?: ((sentence: string | undefined) => void) | undefined;
  placeholder?: string;
}

/** The kind of entity that a base type names: THINGNAME is a Thing. */
export function kindOfBaseType(baseType: string): Kind | undefined {
  const types: Readonly<Record<string, string>> = {
    THINGNAME: 'Thing', THINGTEMPLATENAME: 'ThingTemplate', THINGSHAPENAME: 'ThingShape', DATASHAPENAME: 'DataShape', USERNAME: 'User', GROUPNAME: 'Group', NETWORKNAME: 'Network',
    PROJECTNAME: 'Project', ORGANIZATIONNAME: 'Organization', APPLICATIONKEYNAME: 'ApplicationKey', PERSISTENCEPROVIDERNAME: 'PersistenceProvider',
    MODELTAGVOCABULARYNAME: 'ModelTag', DATATAGVOCABULARYNAME: 'DataTag',
  };
  return kindOfType(types[baseType] ?? '');
}

/** An input for a value of a base type. QUERY and INFOTABLE have inputs of their own. Stands in a FormField. */
export function ValueInput({ field, value, onChange, onError, placeholder = '', ...rest }: Properties) {
  const control = useFieldControlProps(rest as Record<string, unknown>, { supportsLabelFor: true, supportsRequired: true });
  const kind = kindOfBaseType(field.baseType);
  const fallback = field.aspects['defaultValue'];
  const isOn = (value ?? fallback) === true;
  if (kind) return <Picker {...rest} kind={kind} value={formatValue(value, 'STRING')} onChange={name => onChange(name === '' ? undefined : name)} />;
  switch (field.baseType) {
    case 'BOOLEAN':
      return <Switch {...control} checked={isOn} label={value === undefined && fallback === undefined ? texts.values.notSet : isOn ? texts.values.on : texts.values.off} onChange={(_, data) => onChange(data.checked)} />;
    case 'TAGS':
      return <TagsInput {...rest} value={formatTags(readTags({ value } as Row, 'value'))} onChange={tags => onChange(tags === '' ? undefined : tags)} />;
    case 'IMAGE': case 'BLOB':
      return <FileInput isImage={field.baseType === 'IMAGE'} name={field.name} value={typeof value === 'string' ? value : undefined} onChange={onChange} />;
    case 'PASSWORD':
      return <Input {...control} size="small" className={css.wide} type="password" autoComplete="new-password" value={formatValue(value, 'STRING')} onChange={(_, data) => onChange(data.value === '' ? undefined : data.value)} />;
    case 'DATETIME':
      return (
        <Input
          {...control} size="small" className={css.wide} type="datetime-local" step="0.001" value={typeof value === 'number' ? formatStamp(value).replace(' ', 'T') : ''}
          onChange={(_, data) => onChange(data.value === '' ? undefined : new Date(data.value).getTime())}
        />
      );
    case 'TEXT': case 'HTML':
      return <Textarea {...control} size="small" resize="vertical" rows={3} value={formatValue(value, field.baseType)} onChange={(_, data) => onChange(data.value === '' ? undefined : data.value)} />;
    default:
      return <TypedInput {...control} field={field} value={value} onChange={onChange} onError={onError} placeholder={placeholder} />;
  }
}
