import { Button, Popover, PopoverSurface, PopoverTrigger } from '@fluentui/react-components';
import { ClockRegular } from '@fluentui/react-icons/svg/clock';
import { useState } from 'react';
import { FormField } from './FormField';
import { ValueInput } from './values/ValueInput';
import type { FieldDefinition, Json } from '../api/infotable';
import { formatStamp } from '../api/values';
import { texts } from '../texts';
import type { Range } from './range';
import css from './RangeChip.module.css';

const timeField = (name: string): FieldDefinition => ({ name, description: '', baseType: 'DATETIME', ordinal: 0, aspects: {} });
const short = (time: number | undefined) => (time === undefined ? '…' : formatStamp(time).slice(0, 19));

/** Chooses how far back rows are looked at. */
export function RangeChip({ range, onChange }: { range: Range; onChange: (range: Range) => void }) {
  const [isOpen, setIsOpen] = useState(false);
  const [own, setOwn] = useState(range);
  const isOwn = range.span === '' && (range.from !== undefined || range.to !== undefined);
  const choose = (next: Range) => {
    setIsOpen(false);
    onChange(next);
  };
  const time = (value: Json | undefined) => (typeof value === 'number' ? value : undefined);
  return (
    <Popover open={isOpen} onOpenChange={(_, { open }) => { setIsOpen(open); setOwn(range); }} positioning={{ position: 'below', align: 'start' }} trapFocus>
      <PopoverTrigger disableButtonEnhancement>
        <button type="button" className={css.range}><ClockRegular aria-hidden />{isOwn ? texts.data.between(short(range.from), short(range.to)) : texts.data.ranges[range.span]}</button>
      </PopoverTrigger>
      <PopoverSurface className={css.surface} aria-label={texts.data.range}>
        <div className={css.pop}>
          <div className="row" style={{ flexWrap: 'wrap' }}>
            {Object.entries(texts.data.ranges).map(([span, label]) => <Button key={span} size="small" appearance={!isOwn && range.span === span ? 'primary' : 'secondary'} onClick={() => choose({ span, from: undefined, to: undefined })}>{label}</Button>)}
          </div>
          <FormField label={texts.data.from}><ValueInput field={timeField('from')} value={own.from} onChange={value => setOwn({ ...own, span: '', from: time(value) })} /></FormField>
          <FormField label={texts.data.to}><ValueInput field={timeField('to')} value={own.to} onChange={value => setOwn({ ...own, span: '', to: time(value) })} /></FormField>
          <div className="row"><div className="grow" /><Button size="small" appearance="primary" onClick={() => choose({ ...own, span: '' })}>{texts.data.apply}</Button></div>
        </div>
      </PopoverSurface>
    </Popover>
  );
}
