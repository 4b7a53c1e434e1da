import { flag, number, text, type Row } from '../../../api/infotable';
import { membersOf, rowsAt } from '../../../api/members';
import { invoke } from '../../../api/services';
import { texts } from '../../../texts';
import { fieldTable, type FieldForm } from '../members/fieldForm';
import { anyGroup, type MemberGroup } from '../members/memberDraft';

/** How a property has its value from the remote end. Times are in seconds, but the cache time: milliseconds. */
export type RemoteProperty = { sourceName: string; pushType: string; pushThreshold: number; cacheTime: number; isFolded: boolean; timeout: number; readsAtStart: boolean };

/** A property of another Thing of this server that a property follows. */
export type LocalProperty = { sourceThing: string; sourceProperty: string };

/** A service that the remote end answers; `made` is what its definition is made of where there is none yet. */
export type RemoteService = { sourceName: string; timeout: number; made: { description: string; parameters: FieldForm[]; result: FieldForm } | null };

/** An event that fires when one of the remote end does; `made` is its Data Shape where the event is not there yet. */
export type RemoteEvent = { sourceName: string; made: { dataShape: string; description: string } | null };

/** When the remote end tells a value. */
export const pushTypes = ['VALUE', 'ALWAYS', 'DEADBAND', 'ON', 'OFF', 'NEVER'] as const;

/** A binding that nothing else is said of. */
export const newRemoteProperty = (sourceName: string): RemoteProperty => ({ sourceName, pushType: 'VALUE', pushThreshold: 0, cacheTime: 0, isFolded: false, timeout: 0, readsAtStart: false });

/** Seconds of a span as documents write it: `00:01:30` or `1.02:00:00`. */
export function secondsOf(span: string): number {
  const [clock = '', days = ''] = span.split('.').length > 1 && span.indexOf('.') < span.indexOf(':') ? [span.slice(span.indexOf('.') + 1), span.slice(0, span.indexOf('.'))] : [span];
  return Number(days || 0) * 86_400 + clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

const named = (row: Row, own: string) => text(row, 'sourceName') || own;

export const remotePropertyGroup: MemberGroup<RemoteProperty> = {
  id: 'remoteProperty',
  read: entity => Object.fromEntries(rowsAt(entity.all, 'remotePropertyBindings').map(row => [text(row, 'property'), {
    sourceName: named(row, text(row, 'property')), pushType: text(row, 'pushType'), pushThreshold: number(row, 'pushThreshold') ?? 0, cacheTime: number(row, 'cacheTime') ?? 0,
    isFolded: flag(row, 'folded'), timeout: secondsOf(text(row, 'timeout')), readsAtStart: flag(row, 'readsAtStart'),
  }])),
  label: texts.bindings.of,
  put: (entity, name, value) => invoke(entity.kind, entity.name, 'SetRemotePropertyBinding', {
    propertyName: name, sourcePropertyName: value.sourceName, timeout: value.timeout, pushType: value.pushType, pushThreshold: value.pushThreshold, cacheTime: value.cacheTime,
    foldType: value.isFolded ? 'FOLD' : 'NONE', aspects: { startType: value.readsAtStart ? 'readEdgeValue' : 'useDefaultValue' },
  }),
  remove: (entity, name) => invoke(entity.kind, entity.name, 'RemoveRemotePropertyBinding', { propertyName: name }),
};

export const localPropertyGroup: MemberGroup<LocalProperty> = {
  id: 'localProperty',
  read: entity => Object.fromEntries(rowsAt(entity.all, 'propertyBindings').map(row => [text(row, 'property'), { sourceThing: text(row, 'sourceThing'), sourceProperty: text(row, 'sourceProperty') }])),
  label: texts.bindings.of,
  put: (entity, name, value) => invoke(entity.kind, entity.name, 'SetLocalPropertyBinding', { propertyName: name, sourceThingName: value.sourceThing, sourcePropertyName: value.sourceProperty }),
  remove: (entity, name) => invoke(entity.kind, entity.name, 'RemoveLocalPropertyBinding', { propertyName: name }),
};

export const remoteServiceGroup: MemberGroup<RemoteService> = {
  id: 'remoteService',
  read: entity => Object.fromEntries(rowsAt(entity.all, 'remoteServiceBindings').map(row => [text(row, 'service'), { sourceName: named(row, text(row, 'service')), timeout: secondsOf(text(row, 'timeout')), made: null }])),
  label: texts.bindings.of,
  put: (entity, name, value) => value.made && !membersOf(entity).services.some(service => service.name === name)
    ? invoke(entity.kind, entity.name, 'AddServiceDefinition', {
      name, description: value.made.description, remote: true, remoteServiceName: value.sourceName, timeout: value.timeout,
      parameters: fieldTable(value.made.parameters), resultType: fieldTable([value.made.result]),
    })
    : invoke(entity.kind, entity.name, 'SetRemoteServiceBinding', { serviceName: name, sourceServiceName: value.sourceName, timeout: value.timeout }),
  // One of its own has nothing to run without its binding.
  remove: (entity, name) => rowsAt(entity.all, 'services').some(row => text(row, 'name') === name && text(row, 'code') === '')
    ? invoke(entity.kind, entity.name, 'RemoveServiceDefinition', { name })
    : invoke(entity.kind, entity.name, 'RemoveRemoteServiceBinding', { serviceName: name }),
};

export const remoteEventGroup: MemberGroup<RemoteEvent> = {
  id: 'remoteEvent',
  read: entity => Object.fromEntries(rowsAt(entity.all, 'remoteEventBindings').map(row => [text(row, 'event'), { sourceName: named(row, text(row, 'event')), made: null }])),
  label: texts.bindings.of,
  put: (entity, name, value) => value.made && !membersOf(entity).events.some(event => event.name === name)
    ? invoke(entity.kind, entity.name, 'AddEventDefinition', { name, description: value.made.description, dataShape: value.made.dataShape || undefined, remote: true, remoteEventName: value.sourceName })
    : invoke(entity.kind, entity.name, 'SetRemoteEventBinding', { eventName: name, sourceEventName: value.sourceName }),
  remove: (entity, name) => invoke(entity.kind, entity.name, 'RemoveRemoteEventBinding', { eventName: name }),
};

export const bindingGroups: readonly MemberGroup[] = [anyGroup(remotePropertyGroup), anyGroup(localPropertyGroup), anyGroup(remoteServiceGroup), anyGroup(remoteEventGroup)];
