import { Button } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useState } from 'react';
import { operatorsOf, valuesOf, type Condition, type Operator } from '../../api/filter';
import type { FieldDefinition, Json } from '../../api/infotable';
import { formatValue, parseValue } from '../../api/values';
import { texts } from '../../texts';
import css from './QueryInput.module.css';

interface Properties {
  fields: readonly FieldDefinition[];
  condition: Condition;
  onChange: (condition: Condition) => void;
  onRemove?: () => void;
}

/** One condition: field, comparison, value. */
export function ConditionInput({ fields, condition, onChange, onRemove }: Properties) {
  const field = fields.find(one => one.name === condition.field);
  const baseType = field?.baseType ?? 'STRING';
  const needs = valuesOf(condition.operator);
  const setField = (name: string) => {
    const next = fields.find(one => one.name === name);
    if (next) onChange({ field: name, operator: operatorsOf(next.baseType)[0] ?? 'EQ', values: [] });
  };
  const setValue = (index: number, value: Json | undefined) => {
    const values = [...condition.values];
    if (value === undefined) values.length = Math.min(values.length, index); else values[index] = value;
    onChange({ ...condition, values });
  };
  return (
    <div className={css.condition}>
      <select aria-label={texts.values.field} value={condition.field} onChange={event => setField(event.target.value)}>
        {fields.map(one => <option key={one.name} value={one.name}>{one.name}</option>)}
      </select>
      <select aria-label={texts.values.operator} value={condition.operator} onChange={event => onChange({ ...condition, operator: event.target.value as Operator, values: [] })}>
        {operatorsOf(baseType).map(one => <option key={one} value={one}>{texts.values.operators[one]}</option>)}
      </select>
      {onRemove ? <Button size="small" appearance="subtle" icon={<DismissRegular />} aria-label={texts.values.removeCondition(condition.field)} onClick={onRemove} /> : <span />}
      {needs !== 0 && (
        <div className={css.values}>
          {baseType === 'BOOLEAN'
            ? (
              <select aria-label={texts.values.value} value={String(condition.values[0] ?? '')} onChange={event => setValue(0, event.target.value === '' ? undefined : event.target.value === 'true')}>
                <option value="">{texts.any}</option><option value="true">true</option><option value="false">false</option>
              </select>
            )
            : needs === 'many'
              ? <ValueText key={`${condition.field}${condition.operator}`} label={texts.values.values} baseType={baseType} values={condition.values} isList onChange={values => onChange({ ...condition, values })} />
              : Array.from({ length: needs }, (_, index) => (
                <ValueText
                  key={`${condition.field}${condition.operator}${String(index)}`} label={index === 0 ? texts.values.value : texts.values.upTo} baseType={baseType} values={condition.values.slice(index, index + 1)}
                  onChange={([value]) => setValue(index, value)}
                />
              ))}
        </div>
      )}
    </div>
  );
}

function ValueText({ label, baseType, values, isList = false, onChange }: { label: string; baseType: string; values: readonly Json[]; isList?: boolean; onChange: (values: Json[]) => void }) {
  const [typed, setTyped] = useState(values.map(value => formatValue(value, baseType)).join(', '));
  const [error, setError] = useState<string | undefined>();
  const change = (text: string) => {
    setTyped(text);
    try {
      const parts = isList ? text.split(',').map(part => part.trim()) : [text];
      onChange(parts.flatMap(part => parseValue(part, { baseType }) ?? []));
      setError(undefined);
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : String(failure));
    }
  };
  return <input aria-label={label} aria-invalid={error !== undefined || undefined} title={error} placeholder={isList ? texts.values.listHint : baseType === 'DATETIME' ? '2026-05-12 10:42:18' : label} value={typed} onChange={event => change(event.target.value)} />;
}
