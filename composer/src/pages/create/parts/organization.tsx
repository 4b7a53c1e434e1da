import { Button, Dropdown, Input, Option } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import type { Json, Row } from '../../../api/infotable';
import { text } from '../../../api/infotable';
import { invoke } from '../../../api/services';
import type { Fields } from '../../../app/draft';
import { MembersInput, readMembers, type Member } from '../../../parts/entities/MembersInput';
import { FormField } from '../../../parts/FormField';
import { texts } from '../../../texts';
import css from './parts.module.css';
import type { NewPart, NewPartProperties } from './types';

const words = texts.create.units;

interface Unit { readonly name: string; readonly parent: number; readonly members: readonly Member[] }

// The first is the topmost; others name their parent by its place, for names are still being typed.
const readUnits = (values: Fields): Unit[] => {
  const units = Array.isArray(values['units']) ? (values['units'] as Row[]).map(row => ({ name: text(row, 'name'), parent: Number(row['parent'] ?? 0), members: readMembers(row['members']) })) : [];
  return units.length > 0 ? units : [{ name: '', parent: -1, members: [] }];
};

const topName = (units: readonly Unit[], values: Fields): string => units[0]?.name.trim() || text(values, 'name').trim();
const nameAt = (units: readonly Unit[], values: Fields, at: number): string => (at <= 0 ? topName(units, values) : units[at]?.name.trim() ?? '');

// What a unit is called while its name is not there yet.
const shownAt = (units: readonly Unit[], values: Fields, at: number): string => nameAt(units, values, at) || (at <= 0 ? words.top : words.unit(at + 1));

function OrganizationFields({ values, errors, set }: NewPartProperties) {
  const units = readUnits(values);
  const write = (next: readonly Unit[]) => set('units', next.map(unit => ({ ...unit, members: unit.members.map(one => ({ ...one })) })) as Json);
  const change = (at: number, part: Partial<Unit>) => write(units.map((unit, index) => (index === at ? { ...unit, ...part } : unit)));
  // What stood below a unit that goes stands below its parent.
  const remove = (at: number) => write(units.filter((_, index) => index !== at).map(unit => {
    const parent = unit.parent === at ? units[at]?.parent ?? 0 : unit.parent;
    return { ...unit, parent: parent > at ? parent - 1 : parent };
  }));
  return (
    <section aria-label={words.title}>
      <h2 className={css.title}>{words.title}</h2>
      {units.map((unit, at) => (
        <fieldset key={at} className={css.unit}>
          <legend>{at === 0 ? words.top : shownAt(units, values, at)}</legend>
          <div className={css.pair}>
            <FormField label={words.name} hint={at === 0 ? words.topHint : undefined} isRequired={at > 0} error={at > 0 ? errors[`unit${at}`] || undefined : undefined}>
              <Input value={unit.name} placeholder={at === 0 ? text(values, 'name') : ''} onChange={(_, data) => change(at, { name: data.value })} />
            </FormField>
            {at > 0 && (
              <FormField label={words.below}>
                <Dropdown value={shownAt(units, values, unit.parent)} selectedOptions={[String(unit.parent)]} onOptionSelect={(_, { optionValue }) => change(at, { parent: Number(optionValue ?? 0) })}>
                  {units.slice(0, at).map((_, index) => { const name = shownAt(units, values, index); return <Option key={index} value={String(index)} text={name} checkIcon={null}>{name}</Option>; })}
                </Dropdown>
              </FormField>
            )}
          </div>
          <MembersInput members={unit.members} onChange={members => change(at, { members })} />
          {at > 0 && <div><Button size="small" appearance="subtle" icon={<DeleteRegular />} onClick={() => remove(at)}>{words.remove}</Button></div>}
        </fieldset>
      ))}
      <Button size="small" icon={<AddRegular />} onClick={() => write([...units, { name: '', parent: 0, members: [] }])}>{words.add}</Button>
    </section>
  );
}

/** An organization: its units, each below another, and who is in them. */
export const organization: NewPart = {
  Fields: OrganizationFields,
  faults: values => {
    const units = readUnits(values);
    return Object.fromEntries(units.flatMap((unit, at): [string, string][] => {
      if (at === 0) return [];
      const name = unit.name.trim();
      return name === '' ? [[`unit${at}`, '']] : units.some((_, other) => other < at && nameAt(units, values, other) === name) ? [[`unit${at}`, words.twice]] : [];
    }));
  },
  args: values => ({ topOUName: topName(readUnits(values), values) }),
  after: (name, values) => {
    const units = readUnits(values);
    return units.flatMap((unit, at) => [
      ...(at === 0 ? [] : [['units', () => invoke('Organizations', name, 'AddOrganizationalUnit', { name: unit.name.trim(), description: '', parentName: nameAt(units, values, unit.parent) })] as const]),
      ...unit.members.map(member => ['units', () => invoke('Organizations', name, 'AddMember', { member: member.name, type: member.type, unitName: nameAt(units, values, at) })] as const),
    ]);
  },
};
