import { flag, tableOf, text } from '../../../api/infotable';
import { membersOf, readEvent, rowsAt, type SubscribedEvent } from '../../../api/members';
import { invoke } from '../../../api/services';
import { anyGroup, memberDraft, type MemberGroup } from '../members/memberDraft';
import { texts } from '../../../texts';

/** An event that a subscription waits for, as the draft keeps it. */
export type EventForm = { [Name in keyof SubscribedEvent]: string };

/** A subscription as the editor has it. */
export type SubscriptionForm = { description: string; enabled: boolean; ordered: boolean; events: EventForm[]; code: string };

/** A subscription that nothing is said of yet. */
export const newSubscription: SubscriptionForm = { description: '', enabled: true, ordered: false, events: [], code: '' };

/** The events that every Thing has of its properties. */
export const eventsOfProperties: readonly string[] = ['DataChange', 'Alert', 'AlertAck', 'AlertReset'];

/** Whether an event happens to one property, which then has to be named. */
export const isOfProperty = (eventName: string): boolean => eventsOfProperties.includes(eventName);

/** Subscriptions of an entity's own. */
export const subscriptionGroup: MemberGroup<SubscriptionForm> = {
  id: 'subscription',
  read: entity => Object.fromEntries(rowsAt(entity.all, 'subscriptions').map(row => [text(row, 'name'), {
    description: text(row, 'description'), enabled: flag(row, 'enabled'), ordered: flag(row, 'ordered'), events: rowsAt(row, 'events').map(event => ({ ...readEvent(event) })), code: text(row, 'code'),
  }])),
  label: name => name,
  put: (entity, name, { events, ...form }) => invoke(entity.kind, entity.name, 'AddSubscriptionDefinition', { name, ...form, events: tableOf({ eventName: 'STRING', source: 'STRING', sourceProperty: 'STRING' }, events) }),
  remove: (entity, name) => invoke(entity.kind, entity.name, 'RemoveSubscriptionDefinition', { name }),
};

/** Inherited subscriptions of a Thing, switched on and off. */
export const switchGroup: MemberGroup<boolean> = {
  id: 'switch',
  read: entity => (entity.kind === 'Things' ? Object.fromEntries(membersOf(entity).subscriptions.filter(one => !one.isOwn).map(one => [one.name, one.isEnabled])) : {}),
  label: texts.subscriptions.switchLabel,
  put: (entity, name, isOn) => invoke(entity.kind, entity.name, isOn ? 'EnableSubscription' : 'DisableSubscription', { subscriptionName: name }),
  remove: async () => undefined,
};

/** How the Subscriptions tab saves. */
export const draft = memberDraft([anyGroup(subscriptionGroup), anyGroup(switchGroup)]);

/** Events in words: `DataChange of speed, Timer of EverySecond`. */
export const eventWords = (events: readonly SubscribedEvent[]): string =>
  events.map(({ eventName, source, sourceProperty }) => [eventName, [source, sourceProperty].filter(Boolean).join('.')].filter(Boolean).join(' · ')).join(', ');
