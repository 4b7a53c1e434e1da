import { Button, Select } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useState } from 'react';
import type { EntityDocument } from '../../../api/entities';
import { useEntity } from '../../../api/lists';
import { membersOf } from '../../../api/members';
import { useEntityDraft } from '../../../app/entityDraft';
import { FormField } from '../../../parts/FormField';
import { Mono } from '../../../parts/Mono';
import { Picker } from '../../../parts/Picker';
import { kindById } from '../../../registry';
import { texts } from '../../../texts';
import { EditMark } from '../members/EditMark';
import { fieldOf, membersIn } from '../members/memberDraft';
import { localPropertyGroup } from './bindingDraft';
import css from './BindingsPanel.module.css';
import { propertyGroup } from './propertyDraft';

const words = texts.bindings;

/** Properties that follow a property of another Thing of this server. */
export function LocalBindings({ entity }: { entity: EntityDocument }) {
  const draft = useEntityDraft();
  const bound = membersIn(draft, localPropertyGroup);
  const [property, setProperty] = useState('');
  const [thing, setThing] = useState('');
  const [source, setSource] = useState('');
  const things = kindById('Things');
  const names = [...new Set([...membersIn(draft, propertyGroup).map(one => one.name), ...membersOf(entity).properties.map(one => one.name)])];
  const add = () => {
    draft.set(fieldOf(localPropertyGroup, property), { sourceThing: thing, sourceProperty: source });
    setProperty('');
    setSource('');
  };
  return (
    <>
      {bound.length === 0 ? <p className="hint">{words.noneLocal}</p> : (
        <table className={css.table}>
          <thead><tr><th>{words.here}</th><th>{words.follows}</th><th aria-label={texts.actions.more} style={{ width: 40 }} /></tr></thead>
          <tbody>
            {bound.map(one => (
              <tr key={one.name} data-removed={one.state === 'removed' || undefined}>
                <th scope="row"><span className="row"><span className="ellipsis">{one.name}</span><EditMark state={one.state} error={one.error} /></span></th>
                <td><Mono>{`${one.value.sourceThing}.${one.value.sourceProperty}`}</Mono></td>
                <td><Button size="small" appearance="subtle" icon={<DismissRegular />} disabled={draft.readOnly !== undefined || one.state === 'removed'} title={draft.readOnly ?? words.unbind(one.name)} aria-label={words.unbind(one.name)} onClick={() => draft.set(fieldOf(localPropertyGroup, one.name), null)} /></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {draft.readOnly === undefined && things && (
        <div className={css.local}>
          <FormField label={words.here}><Select value={property} onChange={(_, data) => setProperty(data.value)}><option value="">{words.chooseProperty}</option>{names.map(name => <option key={name}>{name}</option>)}</Select></FormField>
          <FormField label={words.otherThing}><Picker kind={things} value={thing} onChange={next => { setThing(next); setSource(''); }} /></FormField>
          <FormField label={words.otherProperty}>{thing === '' ? <Select disabled value=""><option value="">{words.chooseThing}</option></Select> : <SourceProperty thing={thing} value={source} onChange={setSource} />}</FormField>
          <Button size="small" icon={<AddRegular />} disabled={property === '' || thing === '' || source === ''} onClick={add}>{words.bindShort}</Button>
        </div>
      )}
    </>
  );
}

/** The properties of the Thing that was chosen. */
function SourceProperty({ thing, value, onChange, ...control }: { thing: string; value: string; onChange: (name: string) => void }) {
  const other = useEntity('Things', thing);
  return (
    <Select {...control} value={value} onChange={(_, data) => onChange(data.value)}>
      <option value="">{words.chooseProperty}</option>
      {other.data && membersOf(other.data).properties.map(one => <option key={one.name}>{one.name}</option>)}
    </Select>
  );
}
