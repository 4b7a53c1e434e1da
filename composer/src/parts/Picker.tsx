import { Button, Combobox, Option, OptionGroup, useFieldControlProps_unstable as useFieldControlProps } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { useMemo, useState } from 'react';
import type { EntityRow } from '../api/entities';
import { useKindList } from '../api/lists';
import { useDocuments } from '../frame/documents';
import { entityKey } from '../app/entityDraft';
import { kindTexts, type Kind } from '../registry';
import { texts } from '../texts';
import { makeNew } from './makeNew';
import css from './Picker.module.css';

interface Properties {
  kind: Kind;
  /** The name; empty for none. */
  value: string;
  onChange: (name: string) => void;
  isReadOnly?: boolean;
  placeholder?: string;
  /** Which of the kind can be chosen. */
  accepts?: (row: EntityRow) => boolean;
}

const mostOffered = 50;

/** Chooses an entity by name: type to filter, those used last first, `+` makes a new one in a panel and comes back with it. A name that is not there yet may be typed. */
export function Picker({ kind, value, onChange, isReadOnly = false, placeholder, accepts, ...rest }: Properties) {
  const list = useKindList(kind);
  const recent = useDocuments(state => state.recent);
  const [typed, setTyped] = useState<string | undefined>();
  const control = useFieldControlProps(rest as Record<string, unknown>, { supportsLabelFor: true, supportsRequired: true });
  const sought = (typed ?? '').trim().toLowerCase();
  const rows = useMemo(() => (list.data ?? []).filter(row => (accepts?.(row) ?? true) && (row.name.toLowerCase().includes(sought) || row.description.toLowerCase().includes(sought))), [list.data, accepts, sought]);
  const last = rows.filter(row => recent.some(one => one.key === entityKey(kind.collection, row.name))).slice(0, 5);
  const others = rows.filter(row => !last.includes(row)).slice(0, mostOffered);

  return (
    <div className={css.picker}>
      <Combobox
        {...control} freeform clearable={!isReadOnly} disabled={isReadOnly} size="small" className={css.box} placeholder={placeholder ?? texts.picker.placeholder(kindTexts(kind).one)} value={typed ?? value} selectedOptions={value ? [value] : []}
        onChange={event => setTyped(event.target.value)}
        onOptionSelect={(event, { optionValue }) => {
          // Typing over a choice takes the choice away; what is typed counts when the field is left.
          if (event.type === 'change') return;
          setTyped(undefined);
          onChange(optionValue ?? '');
        }}
        onBlur={() => { if (typed !== undefined) { onChange(typed.trim()); setTyped(undefined); } }}
      >
        {last.length > 0 && <OptionGroup label={texts.picker.recent}>{last.map(row => <Choice key={row.name} row={row} kind={kind} />)}</OptionGroup>}
        {last.length > 0 ? <OptionGroup label={texts.picker.all}>{others.map(row => <Choice key={row.name} row={row} kind={kind} />)}</OptionGroup> : others.map(row => <Choice key={row.name} row={row} kind={kind} />)}
        {rows.length > last.length + others.length && <Option key="more" value={value} text={value} disabled>{texts.picker.more(rows.length - last.length - others.length)}</Option>}
        {list.isSuccess && rows.length === 0 && <Option key="none" value={value} text={value} disabled>{texts.picker.none(kindTexts(kind).many)}</Option>}
      </Combobox>
      {kind.making && !isReadOnly && <Button size="small" appearance="subtle" icon={<AddRegular />} aria-label={texts.create.title(kindTexts(kind).one)} title={texts.create.title(kindTexts(kind).one)} onClick={() => void makeNew(kind).then(name => { if (name !== undefined) onChange(name); })} />}
    </div>
  );
}

const Choice = ({ row, kind }: { row: EntityRow; kind: Kind }) => (
  <Option value={row.name} text={row.name} checkIcon={null}><kind.icon aria-hidden className={css.icon} /><span className={css.name}>{row.name}</span><span className={css.detail}>{row.description}</span></Option>
);
