import { Button } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { EntityDocument } from '../../../api/entities';
import { readShape } from '../../../api/definitions';
import { readTable, tableOf, text, type Json } from '../../../api/infotable';
import type { PropertyMember } from '../../../api/members';
import { invoke } from '../../../api/services';
import { useRefusals } from '../../../app/rights';
import { tell } from '../../../frame/status';
import { sentenceOf } from '../../../parts/ErrorBar';
import { Facts } from '../../../parts/Facts';
import { FormField } from '../../../parts/FormField';
import { formatTime } from '../../../parts/format';
import { TableView } from '../../../parts/TableView';
import { TableInput } from '../../../parts/values/TableInput';
import { ValueInput } from '../../../parts/values/ValueInput';
import { texts } from '../../../texts';
import { plainField } from '../members/fieldForm';
import css from '../members/members.module.css';
import { LiveCell } from './LiveCell';
import { useLiveValue } from './liveValues';
import type { PropertyLine } from './PropertiesTab';

/** A property's value now, and a field to set another. Setting is no edit of the Thing: it counts at once. */
export function SetValue({ thing, line }: { thing: EntityDocument; line: PropertyLine }) {
  const { member, boundTo, isRemote } = line;
  const now = useLiveValue(member.name);
  const [typed, setTyped] = useState<Json>();
  const [error, setError] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const refusals = useRefusals(thing);
  const refusal = refusals.service('SetPropertyValues') ?? refusals.property(member.name);
  const isFixed = member.aspects['isReadOnly'] === true;
  const value = typed === undefined ? now?.v ?? null : typed;

  const put = (next: Json) => { setTyped(next); setError(undefined); };

  const set = async (event: FormEvent) => {
    event.preventDefault();
    setIsBusy(true);
    setError(undefined);
    try {
      await invoke('Things', thing.name, 'SetPropertyValues', { values: tableOf({ [member.name]: member.baseType }, [{ [member.name]: value }]) });
      tell(texts.properties.wasSet(`${thing.name}.${member.name}`));
      setTyped(undefined);
    } catch (failure) {
      setError(sentenceOf(failure));
    }
    setIsBusy(false);
  };

  return (
    <section className={css.section} aria-label={texts.properties.value}>
      <h3>{texts.properties.value}</h3>
      {member.baseType !== 'INFOTABLE' && <LiveCell property={member} boundTo={boundTo} isRemote={isRemote} />}
      {member.baseType === 'INFOTABLE' && now?.v && <div style={{ height: 220, display: 'flex' }} data-live><TableView id={`value-${member.name}`} label={member.name} table={readTable(now.v)} /></div>}
      <Facts facts={[[texts.properties.time, now && now.t !== 0 ? formatTime(now.t) : texts.properties.neverWritten], [texts.properties.quality, now?.q ?? ''], [texts.properties.source, boundTo ?? texts.properties.setHere]]} />
      {isFixed || refusal !== undefined ? <p className="hint">{isFixed ? texts.properties.cannotSet : refusal}</p> : (
        <form style={{ display: 'grid', gap: 8 }} onSubmit={event => void set(event)}>
          <FormField label={texts.properties.newValue} error={error} hint={isRemote ? texts.properties.setsThere : undefined}>
            {member.baseType === 'INFOTABLE' ? () => <TableValue member={member} value={value} onChange={put} />
              : <ValueInput field={plainField(member.name, member.baseType)} value={value ?? undefined} onChange={next => put(next ?? null)} onError={setError} />}
          </FormField>
          <div className="row"><Button type="submit" size="small" disabled={isBusy || typed === undefined || error !== undefined}>{texts.properties.set}</Button>{typed !== undefined && <Button size="small" appearance="subtle" onClick={() => { setTyped(undefined); setError(undefined); }}>{texts.actions.cancel}</Button>}</div>
        </form>
      )}
    </section>
  );
}

/** Edits a table by the fields of its Data Shape; of one without a shape by those that it has. */
function TableValue({ member, value, onChange }: { member: PropertyMember; value: Json; onChange: (value: Json) => void }) {
  const shape = text(member.aspects, 'dataShape');
  const known = useQuery({ queryKey: ['shape', shape], queryFn: ({ signal }) => readShape(shape, signal), enabled: shape !== '' });
  const fields = known.data ?? readTable(value ?? undefined).fields;
  return fields.length === 0 ? <p className="hint">{texts.properties.noFields}</p> : <TableInput label={member.name} fields={fields} value={value ?? undefined} onChange={next => onChange(next ?? tableOf({}, []))} />;
}
