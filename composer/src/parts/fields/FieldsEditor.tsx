import { Button, Checkbox, Dropdown, Input, Option } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { ArrowDownRegular } from '@fluentui/react-icons/svg/arrow-down';
import { ArrowUpRegular } from '@fluentui/react-icons/svg/arrow-up';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { useEffect, useRef } from 'react';
import { baseTypes } from '../../api/baseTypes';
import { kindById, type Kind } from '../../registry';
import { texts } from '../../texts';
import { Picker } from '../Picker';
import { blankField, faultsOf, type EditedField } from './fields';
import css from './FieldsEditor.module.css';

interface Properties {
  fields: readonly EditedField[];
  onChange: (fields: readonly EditedField[]) => void;
  isReadOnly?: boolean;
  /** Names that are saved: they cannot be changed. */
  fixed?: ReadonlySet<string>;
}

const dataShapes = kindById('DataShapes') as Kind;

/** The fields of a Data Shape: add, edit, order, take away. Enter in the last line adds another. */
export function FieldsEditor({ fields, onChange, isReadOnly = false, fixed }: Properties) {
  const words = texts.fields;
  const body = useRef<HTMLTableSectionElement>(null);
  const added = useRef(false);
  const faults = faultsOf(fields, words);
  useEffect(() => {
    if (!added.current) return;
    added.current = false;
    body.current?.querySelector<HTMLInputElement>('tr:last-child input')?.focus();
  }, [fields.length]);

  const set = (index: number, change: Partial<EditedField>) => onChange(fields.map((field, at) => (at === index ? { ...field, ...change } : field)));
  const move = (index: number, by: number) => {
    const next = [...fields];
    next.splice(index + by, 0, ...next.splice(index, 1));
    onChange(next);
  };
  const add = () => {
    added.current = true;
    onChange([...fields, blankField]);
  };
  return (
    <div className={css.editor}>
      {fields.length > 0 && (
        <table className={css.table} aria-label={words.title}>
          <thead><tr><th>{words.name}</th><th>{words.baseType}</th><th>{words.key}</th><th>{words.description}</th><th><span className="hidden">{words.order}</span></th></tr></thead>
          <tbody ref={body}>
            {fields.map((field, index) => {
              const fault = field.name === '' ? undefined : faults.get(index);
              const of = words.of(field.name || String(index + 1));
              return (
                // Fields have no identity but their place: a name is typed letter by letter.
                <tr key={index}>
                  <td>
                    <Input
                      size="small" className={css.wide} aria-label={`${words.name} ${of}`} aria-invalid={fault !== undefined || undefined} value={field.name} readOnly={isReadOnly || fixed?.has(field.name)}
                      onChange={(_, data) => set(index, { name: data.value })} onKeyDown={event => { if (event.key === 'Enter' && index === fields.length - 1 && field.name !== '') { event.preventDefault(); add(); } }}
                    />
                    {fault && <div className={css.fault} role="alert">{fault}</div>}
                  </td>
                  <td>
                    <Dropdown size="small" className={css.type} aria-label={`${words.baseType} ${of}`} disabled={isReadOnly} value={field.baseType} selectedOptions={[field.baseType]} onOptionSelect={(_, { optionValue }) => set(index, { baseType: optionValue ?? 'STRING' })}>
                      {baseTypes.map(type => <Option key={type} value={type} checkIcon={null}>{type}</Option>)}
                    </Dropdown>
                    {field.baseType === 'INFOTABLE' && <div className={css.shape}><Picker kind={dataShapes} value={field.dataShape} isReadOnly={isReadOnly} onChange={dataShape => set(index, { dataShape })} /></div>}
                  </td>
                  <td><Checkbox aria-label={`${words.key} ${of}`} disabled={isReadOnly} checked={field.isPrimaryKey} onChange={(_, data) => set(index, { isPrimaryKey: data.checked === true })} /></td>
                  <td><Input size="small" className={css.wide} aria-label={`${words.description} ${of}`} readOnly={isReadOnly} value={field.description} onChange={(_, data) => set(index, { description: data.value })} /></td>
                  <td className={css.actions}>
                    <Button size="small" appearance="subtle" icon={<ArrowUpRegular />} aria-label={`${words.up} ${of}`} title={words.up} disabled={isReadOnly || index === 0} onClick={() => move(index, -1)} />
                    <Button size="small" appearance="subtle" icon={<ArrowDownRegular />} aria-label={`${words.down} ${of}`} title={words.down} disabled={isReadOnly || index === fields.length - 1} onClick={() => move(index, 1)} />
                    <Button size="small" appearance="subtle" icon={<DeleteRegular />} aria-label={`${words.remove} ${of}`} title={words.remove} disabled={isReadOnly} onClick={() => onChange(fields.filter((_, at) => at !== index))} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {fields.length === 0 && <p className="hint">{words.none}</p>}
      {!isReadOnly && <Button size="small" icon={<AddRegular />} onClick={add}>{words.add}</Button>}
    </div>
  );
}
