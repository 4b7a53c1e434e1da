import { Button } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { useState } from 'react';
import { isFilterable, operatorsOf, readQuery, toQuery, type Condition } from '../../api/filter';
import type { FieldDefinition, Json } from '../../api/infotable';
import { texts } from '../../texts';
import { FormField } from '../FormField';
import { Segments } from '../Segments';
import { ConditionInput } from './ConditionInput';
import css from './QueryInput.module.css';
import { TypedInput } from './TypedInput';

interface Properties {
  label: string;
  /** What conditions can be on. */
  fields: readonly FieldDefinition[];
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  onError?: ((sentence: string | undefined) => void) | undefined;
  error?: string | undefined;
}

/** A query: conditions by clicking, or its JSON. */
export function QueryInput({ label, fields, value, onChange, onError, error }: Properties) {
  const filterable = fields.filter(isFilterable);
  const read = readQuery(value);
  const [isJson, setIsJson] = useState(read === undefined);
  // Conditions that are not complete yet are no part of the query.
  const [conditions, setConditions] = useState<readonly Condition[]>(read ?? []);
  const [known, setKnown] = useState(JSON.stringify(value));
  if (known !== JSON.stringify(value)) {
    setKnown(JSON.stringify(value));
    setConditions(read ?? []);
    if (read === undefined) setIsJson(true);
  }
  const change = (next: readonly Condition[]) => {
    const query = toQuery(next);
    setConditions(next);
    setKnown(JSON.stringify(query));
    onChange(query);
  };
  const add = () => {
    const field = filterable[0];
    if (field) change([...conditions, { field: field.name, operator: operatorsOf(field.baseType)[0] ?? 'EQ', values: [] }]);
  };
  return (
    <div>
      <div className={css.head}>
        <span>{label}</span>
        <Segments
          label={texts.values.queryView(label)} value={isJson ? 'json' : 'builder'} onChange={view => setIsJson(view === 'json')}
          choices={[{ value: 'builder', label: texts.values.builder }, { value: 'json', label: 'JSON' }]}
        />
      </div>
      {isJson
        ? <FormField label={texts.values.queryJson(label)} error={error}><TypedInput field={{ name: label, description: '', baseType: 'QUERY', ordinal: 0, aspects: {} }} value={value} onChange={onChange} onError={onError} /></FormField>
        : (
          <div className={css.builder} role="group" aria-label={label}>
            {read === undefined && <div className={css.note}>{texts.values.tooMuch}</div>}
            {conditions.map((condition, index) => (
              <ConditionInput
                key={index} fields={filterable} condition={condition} onChange={next => change(conditions.map((one, at) => (at === index ? next : one)))}
                onRemove={() => change(conditions.filter((_, at) => at !== index))}
              />
            ))}
            <Button className={css.add} size="small" icon={<AddRegular />} disabled={filterable.length === 0} title={filterable.length === 0 ? texts.values.noFields : undefined} onClick={add}>{texts.values.condition}</Button>
          </div>
        )}
      {!isJson && error !== undefined && <div role="alert" style={{ color: 'var(--colorPaletteRedForeground1)', fontSize: 12 }}>{error}</div>}
    </div>
  );
}
