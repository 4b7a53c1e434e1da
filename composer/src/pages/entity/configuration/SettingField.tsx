import { Input } from '@fluentui/react-components';
import { useState } from 'react';
import type { FieldDefinition, Json } from '../../../api/infotable';
import { formatValue } from '../../../api/values';
import { FormField } from '../../../parts/FormField';
import { ValueInput } from '../../../parts/values/ValueInput';

interface Properties {
  field: FieldDefinition;
  label: string;
  value: Json;
  onChange: (value: Json) => void;
  hint?: string | undefined;
  error?: string | undefined;
  isRequired?: boolean;
  isChanged?: boolean;
  isReadOnly?: boolean;
}

/** Whether the field needs a line of its own. */
export const isWide = (field: FieldDefinition): boolean => ['TEXT', 'HTML', 'XML', 'JSON'].includes(field.baseType) || /description/i.test(field.name);

/** A setting with its label, edited as its base type is. What is typed and is no such value is said at once and changes nothing. */
export function SettingField({ field, label, value, onChange, hint, error, isRequired, isChanged = false, isReadOnly = false }: Properties) {
  const [typed, setTyped] = useState<string | undefined>();
  // Nothing is null to a number and an empty text to a text.
  const nothing = field.baseType === 'STRING' ? '' : null;
  return (
    <FormField label={label} hint={hint} error={typed ?? error} isChanged={isChanged} isRequired={isRequired}>
      {isReadOnly
        ? <Input readOnly value={field.baseType === 'PASSWORD' ? '' : formatValue(value ?? undefined, field.baseType)} />
        : <ValueInput field={field} value={value ?? undefined} onChange={next => onChange(next ?? nothing)} onError={setTyped} />}
    </FormField>
  );
}
