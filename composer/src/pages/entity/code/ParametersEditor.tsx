import { Button, Checkbox, Input, Select } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useState } from 'react';
import { baseTypes } from '../../../api/baseTypes';
import { FormField } from '../../../parts/FormField';
import { Picker } from '../../../parts/Picker';
import { formatValue } from '../../../api/values';
import { ValueInput } from '../../../parts/values/ValueInput';
import { kindById } from '../../../registry';
import { texts } from '../../../texts';
import { newField, plainField, type FieldForm } from '../members/fieldForm';
import css from './ParametersEditor.module.css';

const words = texts.code;

interface Properties { parameters: readonly FieldForm[]; isReadOnly: boolean; onChange: (parameters: FieldForm[]) => void }

/** The parameters of a service: name and base type in a line each, the rest unfolded. */
export function ParametersEditor({ parameters, isReadOnly, onChange }: Properties) {
  const [open, setOpen] = useState<number>();
  const put = (index: number, change: Partial<FieldForm>) => onChange(parameters.map((one, at) => (at === index ? { ...one, ...change } : one)));
  const add = () => {
    const names = new Set(parameters.map(one => one.name));
    let number = parameters.length + 1;
    while (names.has(`parameter${number}`)) number += 1;
    onChange([...parameters, newField(`parameter${number}`)]);
  };
  return (
    <div className={css.list} role="group" aria-label={words.parameters}>
      {parameters.map((one, index) => {
        const isTwice = parameters.some((other, at) => at !== index && other.name === one.name);
        return (
          <div key={index} className={css.item}>
            <div className={css.line}>
              <Input size="small" aria-label={words.parameterName(index + 1)} aria-invalid={isTwice || one.name === '' || undefined} title={isTwice ? texts.members.taken(one.name) : undefined} readOnly={isReadOnly} value={one.name} onChange={(_, data) => put(index, { name: data.value })} />
              <BaseTypeSelect label={`${texts.properties.baseType}: ${one.name}`} value={one.baseType} isReadOnly={isReadOnly} onChange={baseType => put(index, { baseType, defaultValue: null })} />
              <Button size="small" appearance="subtle" icon={<ChevronDownRegular style={{ transform: open === index ? 'rotate(180deg)' : undefined }} />} aria-expanded={open === index} aria-label={words.more(one.name)} title={words.more(one.name)} onClick={() => setOpen(open === index ? undefined : index)} />
              <Button size="small" appearance="subtle" icon={<DismissRegular />} disabled={isReadOnly} aria-label={words.removeParameter(one.name)} title={words.removeParameter(one.name)} onClick={() => { onChange(parameters.filter((_, at) => at !== index)); setOpen(undefined); }} />
            </div>
            {open === index && <FieldDetails field={one} isReadOnly={isReadOnly} hasDefault onChange={change => put(index, change)} />}
          </div>
        );
      })}
      {!isReadOnly && <div><Button size="small" appearance="subtle" icon={<AddRegular />} onClick={add}>{words.addParameter}</Button></div>}
      {isReadOnly && parameters.length === 0 && <p className="hint">{words.noParameters}</p>}
    </div>
  );
}

/** A choice of base types. */
export function BaseTypeSelect({ label, value, isReadOnly, hasNothing = false, onChange }: { label: string; value: string; isReadOnly: boolean; hasNothing?: boolean; onChange: (baseType: string) => void }) {
  return <Select size="small" aria-label={label} value={value} disabled={isReadOnly} onChange={(_, data) => onChange(data.value)}>{hasNothing && <option>NOTHING</option>}{baseTypes.map(type => <option key={type}>{type}</option>)}</Select>;
}

/** What a parameter or result has beside its name and base type. */
export function FieldDetails({ field, isReadOnly, hasDefault = false, onChange }: { field: FieldForm; isReadOnly: boolean; hasDefault?: boolean; onChange: (change: Partial<FieldForm>) => void }) {
  const shapes = kindById('DataShapes');
  return (
    <div className={css.details}>
      <FormField label={texts.properties.description}><Input readOnly={isReadOnly} value={field.description} onChange={(_, data) => onChange({ description: data.value })} /></FormField>
      {field.baseType === 'INFOTABLE' && shapes && <FormField label={texts.properties.dataShape}><Picker kind={shapes} value={field.dataShape} isReadOnly={isReadOnly} onChange={dataShape => onChange({ dataShape })} /></FormField>}
      {hasDefault && field.baseType !== 'INFOTABLE' && field.baseType !== 'PASSWORD' && <FormField label={texts.properties.defaultValue}>{isReadOnly ? <Input readOnly value={formatValue(field.defaultValue, field.baseType)} /> : <ValueInput field={plainField(field.name, field.baseType)} value={field.defaultValue ?? undefined} onChange={defaultValue => onChange({ defaultValue: defaultValue ?? null })} />}</FormField>}
      {hasDefault && <Checkbox label={words.required} checked={field.isRequired} disabled={isReadOnly} onChange={(_, data) => onChange({ isRequired: data.checked === true })} />}
    </div>
  );
}
