import { Button, Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useState } from 'react';
import { isComplete, isFilterable, operatorsOf, type Condition } from '../../../api/filter';
import type { FieldDefinition } from '../../../api/infotable';
import { formatValue } from '../../../api/values';
import { useShortcut } from '../../../frame/shortcuts';
import { ConditionInput } from '../../../parts/values/ConditionInput';
import { texts } from '../../../texts';
import css from './DataTab.module.css';

interface Properties {
  fields: readonly FieldDefinition[];
  conditions: readonly Condition[];
  onChange: (conditions: readonly Condition[]) => void;
}

/** The filters as chips; F adds one. */
export function FilterChips({ fields, conditions, onChange }: Properties) {
  const filterable = fields.filter(isFilterable);
  const [isOpen, setIsOpen] = useState(false);
  const [draft, setDraft] = useState<Condition | undefined>();
  const first = filterable.find(field => field.name !== 'timestamp') ?? filterable[0];
  const open = (is: boolean) => {
    setIsOpen(is);
    if (is && first) setDraft({ field: first.name, operator: operatorsOf(first.baseType)[0] ?? 'EQ', values: [] });
  };
  useShortcut({ keys: 'F', does: texts.data.filterRows, isOff: filterable.length === 0 }, () => open(true));
  const add = () => {
    if (!draft || !isComplete(draft)) return;
    onChange([...conditions, draft]);
    setIsOpen(false);
  };
  return (
    <>
      {conditions.map((condition, index) => {
        const words = wordsOf(condition, fields);
        return (
          <span key={words + String(index)} className={css.chip}>
            <span title={words}>{condition.field} {texts.values.operators[condition.operator]} <b>{valuesIn(condition, fields)}</b></span>
            <button type="button" aria-label={texts.data.dropFilter(words)} title={texts.data.dropFilter(words)} onClick={() => onChange(conditions.filter((_, at) => at !== index))}><DismissRegular aria-hidden /></button>
          </span>
        );
      })}
      <Popover open={isOpen} onOpenChange={(_, data) => open(data.open)} positioning={{ position: 'below', align: 'start' }} trapFocus>
        <PopoverTrigger disableButtonEnhancement><button type="button" className={css.add} disabled={filterable.length === 0}><AddRegular aria-hidden />{texts.data.addFilter}</button></PopoverTrigger>
        <PopoverSurface className={css.surface} aria-label={texts.data.filterRows}>
          <form className={css.pop} onSubmit={event => { event.preventDefault(); add(); }}>
            {draft && <ConditionInput fields={filterable} condition={draft} onChange={setDraft} />}
            <div className="row"><div className="grow" /><Button size="small" appearance="primary" type="submit" disabled={!draft || !isComplete(draft)}>{texts.data.apply}</Button></div>
          </form>
        </PopoverSurface>
      </Popover>
      <kbd>F</kbd>
    </>
  );
}

const valuesIn = ({ field, values }: Condition, fields: readonly FieldDefinition[]): string => values.map(value => formatValue(value, fields.find(one => one.name === field)?.baseType ?? 'STRING')).join(', ');
const wordsOf = (condition: Condition, fields: readonly FieldDefinition[]): string => `${condition.field} ${texts.values.operators[condition.operator]} ${valuesIn(condition, fields)}`.trim();
