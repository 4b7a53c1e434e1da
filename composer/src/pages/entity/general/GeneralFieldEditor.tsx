import { Input, Switch, Textarea } from '@fluentui/react-components';
import type { Json } from '../../../api/infotable';
import { FormField } from '../../../parts/FormField';
import { Picker } from '../../../parts/Picker';
import { TagsInput } from '../../../parts/TagsInput';
import { kindById } from '../../../registry';
import { texts } from '../../../texts';
import type { GeneralField } from './fields';

interface Properties {
  field: GeneralField;
  value: Json;
  error?: string | undefined;
  isChanged?: boolean;
  isReadOnly?: boolean;
  onChange: (value: Json) => void;
}

/** The editor that fits a field. */
export function GeneralFieldEditor({ field, value, error, isChanged = false, isReadOnly = false, onChange }: Properties) {
  const words = typeof value === 'string' ? value : '';
  const kind = field.pick === undefined ? undefined : kindById(field.pick);
  return (
    <FormField label={field.label} hint={field.hint} error={error} isChanged={isChanged} isRequired={field.isRequired}>
      {(field.editor === 'area' || field.editor === 'page') && <Textarea value={words} readOnly={isReadOnly} resize="vertical" rows={field.editor === 'page' ? 6 : 2} onChange={(_, data) => onChange(data.value)} />}
      {field.editor === 'line' && <Input value={words} readOnly={isReadOnly} input={{ style: { fontFamily: 'var(--fontFamilyMonospace)' } }} onChange={(_, data) => onChange(data.value)} />}
      {field.editor === 'tags' && <TagsInput value={words} isReadOnly={isReadOnly} onChange={onChange} />}
      {field.editor === 'switch' && <Switch style={{ marginLeft: -8 }} checked={value === true} disabled={isReadOnly} label={value === true ? texts.yes : texts.no} onChange={(_, data) => onChange(data.checked)} />}
      {field.editor === 'entity' && kind && <Picker kind={kind} value={words} isReadOnly={isReadOnly} onChange={onChange} />}
    </FormField>
  );
}
