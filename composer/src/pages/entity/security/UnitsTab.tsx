import { Button, Dropdown, Input, Option } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { useState } from 'react';
import { useEntityDraft } from '../../../app/entityDraft';
import { MembersInput } from '../../../parts/entities/MembersInput';
import { FormField } from '../../../parts/FormField';
import { texts } from '../../../texts';
import { anyGroup, fieldOf, memberDraft, membersIn } from '../members/memberDraft';
import { membersOf, unitMembers, units } from './principals';
import { Refused } from './Refused';
import css from './SecurityTab.module.css';
import { orderUnits, unitFault } from './unitTree';

const words = texts.security;

/** The units of an organization, each below another, and who is in them. */
export default function UnitsTab() {
  const draft = useEntityDraft();
  const isReadOnly = draft.readOnly !== undefined;
  const all = membersIn(draft, units);
  const shown = orderUnits(all.map(({ name, value, state }) => ({ name, parent: value.parent, isGone: state === 'removed' })));
  const names = shown.map(unit => unit.name);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState('');
  const parent = names.includes(chosen) ? chosen : names[0] ?? '';
  const fault = unitFault(name.trim(), all.map(unit => unit.name));
  const add = () => {
    draft.set(fieldOf(units, name.trim()), { parent });
    setName('');
  };
  const remove = (gone: string, above: string) => {
    // The server moves those below up itself; of what is not there yet the draft says where it stands. Who was to join it does not.
    for (const unit of all.filter(one => one.state === 'new' && one.value.parent === gone)) draft.set(fieldOf(units, unit.name), { parent: above });
    for (const one of membersIn(draft, unitMembers).filter(member => member.name.startsWith(`${gone}:`))) draft.set(fieldOf(unitMembers, one.name), one.saved ?? null);
    draft.set(fieldOf(units, gone), null);
  };
  return (
    <div className={css.page}>
      <p className="hint">{words.unitsHint}</p>
      <Refused groups={[anyGroup(units), anyGroup(unitMembers)]} />
      {shown.map(unit => {
        const { members, set } = membersOf(draft, unitMembers, `${unit.name}:`);
        return (
          <section key={unit.name} className={css.unit} style={{ marginLeft: 20 * unit.depth }} aria-label={words.unit(unit.name)}>
            <div className={css.head}>
              <h2>{unit.name}</h2><span className="hint">{unit.parent === '' ? words.topmost : words.below(unit.parent)}{draft.isChanged(fieldOf(units, unit.name)) && ` · ${texts.changed}`}</span><div className="grow" />
              {unit.parent !== '' && !isReadOnly && <Button size="small" appearance="subtle" icon={<DeleteRegular />} aria-label={words.removeUnit(unit.name)} title={words.removeUnit(unit.name)} onClick={() => remove(unit.name, unit.parent)} />}
            </div>
            <MembersInput members={members} isReadOnly={isReadOnly} onChange={set} />
          </section>
        );
      })}
      {!isReadOnly && (
        <form className={css.add} onSubmit={event => { event.preventDefault(); if (name.trim() !== '' && fault === undefined) add(); }}>
          <FormField label={words.unitName} error={fault}><Input value={name} onChange={(_, data) => setName(data.value)} /></FormField>
          <FormField label={words.unitBelow}>
            <Dropdown value={parent} selectedOptions={[parent]} onOptionSelect={(_, { optionValue }) => setChosen(optionValue ?? '')}>
              {names.map(one => <Option key={one} value={one} checkIcon={null}>{one}</Option>)}
            </Dropdown>
          </FormField>
          <Button type="submit" size="small" icon={<AddRegular />} disabled={name.trim() === '' || fault !== undefined}>{words.addUnit}</Button>
        </form>
      )}
    </div>
  );
}

export const draft = memberDraft([anyGroup(units), anyGroup(unitMembers)]);
