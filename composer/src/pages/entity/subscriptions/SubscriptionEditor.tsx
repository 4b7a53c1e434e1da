import { Button, Checkbox, Select, Textarea } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { ArrowUndoRegular } from '@fluentui/react-icons/svg/arrow-undo';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import type { EntityDocument } from '../../../api/entities';
import { useEntity } from '../../../api/lists';
import { membersOf, type Members } from '../../../api/members';
import { entityKey, useEntityDraft } from '../../../app/entityDraft';
import { EmptyState } from '../../../parts/EmptyState';
import { FormField } from '../../../parts/FormField';
import { Picker } from '../../../parts/Picker';
import { kindById } from '../../../registry';
import { texts } from '../../../texts';
import { lineFaultOf } from '../code/failure';
import { ScriptPage } from '../code/ScriptPage';
import { useDeclarations } from '../code/useScriptWorld';
import { useScriptCheck } from '../code/useScriptCheck';
import { fieldOf, membersIn, type DraftMember } from '../members/memberDraft';
import css from '../members/members.module.css';
import own from './SubscriptionEditor.module.css';
import { eventsOfProperties, isOfProperty, subscriptionGroup, type EventForm, type SubscriptionForm } from './subscriptionDraft';

const words = texts.subscriptions;

/** What a subscription's script has in place of parameters. */
const variables = [['eventData', 'INFOTABLE'], ['eventName', 'STRING'], ['eventTime', 'DATETIME'], ['source', 'STRING'], ['sourceProperty', 'STRING']].map(([name = '', baseType = '']) => ({ name, baseType, description: '' }));

/** A subscription of an entity's own: the events that it waits for, and its script. */
export function SubscriptionEditor({ entity, name }: { entity: EntityDocument; name: string }) {
  const draft = useEntityDraft();
  const navigate = useNavigate();
  const list = `${entityKey(entity.kind, entity.name)}/subscriptions`;
  const member = membersIn(draft, subscriptionGroup).find(one => one.name === name);
  if (!member) return <EmptyState title={words.noSubscription(entity.name, name)} hint={texts.code.noServiceHint} action={{ label: words.toAll, run: () => void navigate(list) }} />;
  return <Known key={name} entity={entity} member={member} list={list} />;
}

function Known({ entity, member, list }: { entity: EntityDocument; member: DraftMember<SubscriptionForm>; list: string }) {
  const draft = useEntityDraft();
  const navigate = useNavigate();
  const { name, value: form, state } = member;
  const field = fieldOf(subscriptionGroup, name);
  const isFixed = draft.readOnly !== undefined || state === 'removed';
  const put = (change: Partial<SubscriptionForm>) => draft.set(field, { ...form, ...change });
  const putEvent = (index: number, change: Partial<EventForm>) => put({ events: form.events.map((one, at) => (at === index ? { ...one, ...change } : one)) });
  const script = `${entity.name}.${name}`;
  const typed = useScriptCheck(form.code, !isFixed && state !== 'same');
  const refused = useMemo(() => (member.error === undefined ? undefined : lineFaultOf(member.error, script) ?? member.error), [member.error, script]);
  const members = membersOf(entity);
  const declarations = useDeclarations(members, form.code, variables, 'NOTHING');
  return (
    <ScriptPage
      title={name} back={{ to: list, label: words.toAll }} state={state} label={texts.code.scriptOf(script)} value={form.code} onChange={code => put({ code })} isReadOnly={isFixed} fault={refused ?? typed} declarations={declarations}
      actions={draft.readOnly === undefined && (state === 'removed'
        ? <Button size="small" icon={<ArrowUndoRegular />} onClick={() => draft.set(field, form)}>{texts.members.keep}</Button>
        : <Button size="small" icon={<DeleteRegular />} onClick={() => { draft.set(field, null); if (state === 'new') void navigate(list); }}>{words.remove}</Button>)}
      aside={
        <>
          <section className={css.section}>
            <h3>{words.events}</h3>
            {form.events.length === 0 && <p className="hint">{words.noEvent}</p>}
            {form.events.map((one, index) => (
              <EventFields key={index} number={index + 1} members={entity.kind === 'ThingShapes' ? withPropertyEvents(members) : members} event={one} isReadOnly={isFixed} onChange={change => putEvent(index, change)} onRemove={() => put({ events: form.events.filter((_, at) => at !== index) })} />
            ))}
            {!isFixed && <div><Button size="small" appearance="subtle" icon={<AddRegular />} onClick={() => put({ events: [...form.events, { eventName: '', source: '', sourceProperty: '' }] })}>{words.addEvent}</Button></div>}
          </section>
          <section className={css.section}>
            <h3>{texts.code.how}</h3>
            <Checkbox label={words.enabled} checked={form.enabled} disabled={isFixed} onChange={(_, data) => put({ enabled: data.checked === true })} />
            <Checkbox label={words.ordered} checked={form.ordered} disabled={isFixed} onChange={(_, data) => put({ ordered: data.checked === true })} />
            <FormField label={words.description}><Textarea rows={2} resize="vertical" readOnly={isFixed} value={form.description} onChange={(_, data) => put({ description: data.value })} /></FormField>
          </section>
          <p className="hint">{words.variables}</p>
        </>
      }
    />
  );
}

interface EventProperties { number: number; members: Members; event: EventForm; isReadOnly: boolean; onChange: (change: Partial<EventForm>) => void; onRemove: () => void }

/** One event: of which Thing, which, and of which property where it is that of one. */
function EventFields({ number, members, event, isReadOnly, onChange, onRemove }: EventProperties) {
  const things = kindById('Things');
  const other = useOther(event.source);
  const from = event.source === '' ? members : other;
  return (
    <div className={own.event} role="group" aria-label={`${words.event} ${number}`}>
      {things && <FormField label={words.source}><Picker kind={things} value={event.source} isReadOnly={isReadOnly} placeholder={words.itself} onChange={source => onChange({ source, eventName: '', sourceProperty: '' })} /></FormField>}
      <FormField label={words.event}>
        <Select value={event.eventName} disabled={isReadOnly} onChange={(_, data) => onChange({ eventName: data.value, ...(isOfProperty(data.value) ? {} : { sourceProperty: '' }) })}>
          <option value="">{words.chooseEvent}</option>
          {event.eventName !== '' && !from?.events.some(one => one.name === event.eventName) && <option>{event.eventName}</option>}
          {from?.events.map(one => <option key={one.name}>{one.name}</option>)}
        </Select>
      </FormField>
      {isOfProperty(event.eventName) && (
        <FormField label={words.property}>
          <Select value={event.sourceProperty} disabled={isReadOnly} onChange={(_, data) => onChange({ sourceProperty: data.value })}>
            <option value="">{texts.bindings.chooseProperty}</option>
            {event.sourceProperty !== '' && !from?.properties.some(one => one.name === event.sourceProperty) && <option>{event.sourceProperty}</option>}
            {from?.properties.map(one => <option key={one.name}>{one.name}</option>)}
          </Select>
        </FormField>
      )}
      <Button className={own.remove} size="small" appearance="subtle" icon={<DismissRegular />} disabled={isReadOnly} aria-label={words.removeEvent(number)} title={words.removeEvent(number)} onClick={onRemove} />
    </div>
  );
}

/** Every Thing has the events of its properties, so the Things that will have a shape do. */
const withPropertyEvents = (members: Members): Members => ({
  ...members, events: [...members.events, ...eventsOfProperties.map(name => ({ name, description: '', category: '', dataShape: '', source: { name: '', type: '' }, isOwn: false }))],
});

/** The members of another Thing; undefined while none is named or it is not there. */
function useOther(thing: string): Members | undefined {
  const known = useEntity('Things', thing, thing !== '');
  return known.data && membersOf(known.data);
}
