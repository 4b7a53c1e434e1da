import { Button } from '@fluentui/react-components';
import { useState, type FormEvent } from 'react';
import type { EntityDocument } from '../../../api/entities';
import { readTable, tableOf, type Json } from '../../../api/infotable';
import { invoke } from '../../../api/services';
import { tell } from '../../../frame/status';
import { sentenceOf } from '../../../parts/ErrorBar';
import { Facts } from '../../../parts/Facts';
import { FormField } from '../../../parts/FormField';
import { formatTime } from '../../../parts/format';
import { TableView } from '../../../parts/TableView';
import { ValueInput } from '../../../parts/ValueInput';
import { texts } from '../../../texts';
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
  const isFixed = member.aspects['isReadOnly'] === true;
  const value = typed === undefined ? now?.v ?? null : typed;

  const set = async (event: FormEvent) => {
    event.preventDefault();
    setIsBusy(true);
    setError(undefined);
    try {
      await invoke('Things', thing.name, 'SetPropertyValues', { values: tableOf({ [member.name]: member.baseType }, [{ [member.name]: asTyped(value, member.baseType) }]) });
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
      {isFixed ? <p className="hint">{texts.properties.cannotSet}</p> : (
        <form style={{ display: 'grid', gap: 8 }} onSubmit={event => void set(event)}>
          <FormField label={texts.properties.newValue} error={error} hint={isRemote ? texts.properties.setsThere : undefined}>
            <ValueInput baseType={member.baseType} value={value} onChange={next => { setTyped(next); setError(undefined); }} />
          </FormField>
          <div className="row"><Button type="submit" size="small" disabled={isBusy || typed === undefined}>{texts.properties.set}</Button>{typed !== undefined && <Button size="small" appearance="subtle" onClick={() => { setTyped(undefined); setError(undefined); }}>{texts.actions.cancel}</Button>}</div>
        </form>
      )}
    </section>
  );
}

/** What was typed as JSON is sent as JSON; what is none yet stays a text, for the server to say what is wrong. */
function asTyped(value: Json, baseType: string): Json {
  if (typeof value !== 'string') return value;
  const isStructured = ['JSON', 'QUERY', 'INFOTABLE', 'SCHEDULE'].includes(baseType);
  if (!isStructured) return baseType === 'LOCATION' ? locationOf(value) : value;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return value;
  }
}

function locationOf(words: string): Json {
  const [latitude, longitude, elevation] = words.split(',').map(Number);
  return latitude === undefined || longitude === undefined || Number.isNaN(latitude) || Number.isNaN(longitude) ? words : { latitude, longitude, ...(elevation === undefined || Number.isNaN(elevation) ? {} : { elevation }) };
}
