import { Checkbox, Input, Select, Textarea } from '@fluentui/react-components';
import { baseTypes } from '../../../api/baseTypes';
import { isNumeric } from '../../../api/filter';
import { FormField } from '../../../parts/FormField';
import { NumberInput } from '../../../parts/NumberInput';
import { Picker } from '../../../parts/Picker';
import { formatValue } from '../../../api/values';
import { ValueInput } from '../../../parts/values/ValueInput';
import { kindById } from '../../../registry';
import { texts } from '../../../texts';
import { plainField } from '../members/fieldForm';
import css from '../members/members.module.css';
import { dataChangeTypes, type PropertyForm } from './propertyDraft';

interface Properties {
  form: PropertyForm;
  onChange: (form: PropertyForm) => void;
  isReadOnly?: boolean;
  /** The base type can still be chosen. */
  isNew?: boolean;
  isChanged?: (field: keyof PropertyForm) => boolean;
}

const words = texts.properties;

/** The definition of a property: what only some base types have shows for those. */
export function PropertyFields({ form, onChange, isReadOnly = false, isNew = false, isChanged = () => false }: Properties) {
  const put = (change: Partial<PropertyForm>) => onChange({ ...form, ...change });
  const isNumber = isNumeric(form.baseType);
  const shapes = kindById('DataShapes');
  const check = (field: 'persistent' | 'logged' | 'readOnly' | 'indexed', label: string) => <Checkbox size="medium" label={label} checked={form[field]} disabled={isReadOnly} onChange={(_, data) => put({ [field]: data.checked === true })} />;
  return (
    <section className={css.section} aria-label={words.definition}>
      <h3>{words.definition}</h3>
      <FormField label={words.baseType} hint={isNew || isReadOnly ? undefined : words.typeStays} isChanged={isChanged('baseType')}>
        <Select value={form.baseType} disabled={isReadOnly || !isNew} onChange={(_, data) => put({ baseType: data.value, defaultValue: null })}>{baseTypes.map(type => <option key={type}>{type}</option>)}</Select>
      </FormField>
      {form.baseType === 'INFOTABLE' && shapes && <FormField label={words.dataShape} isChanged={isChanged('dataShape')}><Picker kind={shapes} value={form.dataShape} isReadOnly={isReadOnly} onChange={dataShape => put({ dataShape })} /></FormField>}
      <FormField label={words.description} isChanged={isChanged('description')}><Textarea rows={2} resize="vertical" readOnly={isReadOnly} value={form.description} onChange={(_, data) => put({ description: data.value })} /></FormField>
      <div className={css.pair}>
        <FormField label={words.category} isChanged={isChanged('category')}><Input readOnly={isReadOnly} value={form.category} onChange={(_, data) => put({ category: data.value })} /></FormField>
        {isNumber && <FormField label={words.units} isChanged={isChanged('units')}><Input readOnly={isReadOnly} value={form.units} onChange={(_, data) => put({ units: data.value })} /></FormField>}
      </div>
      {form.baseType !== 'PASSWORD' && <FormField label={words.defaultValue} isChanged={isChanged('defaultValue')}>{isReadOnly ? <Input readOnly value={formatValue(form.defaultValue, form.baseType)} /> : <ValueInput field={plainField('defaultValue', form.baseType)} value={form.defaultValue ?? undefined} onChange={defaultValue => put({ defaultValue: defaultValue ?? null })} />}</FormField>}
      {isNumber && (
        <div className={css.pair}>
          <FormField label={words.minimum} isChanged={isChanged('minimum')}><NumberInput isReadOnly={isReadOnly} value={form.minimum} onChange={minimum => put({ minimum })} /></FormField>
          <FormField label={words.maximum} isChanged={isChanged('maximum')} error={form.minimum !== null && form.maximum !== null && form.minimum > form.maximum ? words.rangeTurned : undefined}><NumberInput isReadOnly={isReadOnly} value={form.maximum} onChange={maximum => put({ maximum })} /></FormField>
        </div>
      )}
      <div className={css.checks} role="group" aria-label={words.kept}>
        {check('persistent', words.persistent)}{check('logged', words.logged)}{check('readOnly', words.readOnly)}{check('indexed', words.indexed)}
      </div>
      <div className={css.pair}>
        <FormField label={words.dataChangeType} isChanged={isChanged('dataChangeType')}>
          <Select value={form.dataChangeType} disabled={isReadOnly} onChange={(_, data) => put({ dataChangeType: data.value })}>{dataChangeTypes.map(type => <option key={type} value={type}>{words.changeTypes[type]}</option>)}</Select>
        </FormField>
        {isNumber && form.dataChangeType === 'VALUE' && <FormField label={words.threshold} isChanged={isChanged('dataChangeThreshold')}><NumberInput isReadOnly={isReadOnly} value={form.dataChangeThreshold} onChange={dataChangeThreshold => put({ dataChangeThreshold })} /></FormField>}
      </div>
    </section>
  );
}
