import type { EntityDocument } from './entities';
import { flag, isObject, readField, text, type FieldDefinition, type Json, type Row } from './infotable';

/** Who defines a member: the entity itself, a template or a shape. */
export interface MemberSource { readonly name: string; readonly type: string }

/** What properties, services, events and subscriptions share. */
interface Member {
  readonly name: string;
  readonly description: string;
  readonly category: string;
  readonly source: MemberSource;
  /** Whether the entity defines it itself. */
  readonly isOwn: boolean;
}

/** A property that an entity defines or inherits. */
export interface PropertyMember extends Member { readonly baseType: string; readonly aspects: Row }

/** A service that an entity defines or inherits. */
export interface ServiceMember extends Member {
  readonly parameters: readonly FieldDefinition[];
  readonly result: FieldDefinition;
  /** Whether an heir may define it anew. */
  readonly isOverridable: boolean;
}

/** An event that an entity defines or inherits. */
export interface EventMember extends Member { readonly dataShape: string }

/** An event that a subscription waits for; an empty source is the Thing itself. */
export interface SubscribedEvent { readonly eventName: string; readonly source: string; readonly sourceProperty: string }

/** A subscription that an entity defines or inherits. */
export interface SubscriptionMember extends Member {
  readonly isEnabled: boolean;
  readonly isOrdered: boolean;
  readonly events: readonly SubscribedEvent[];
}

/** Everything that an entity can do, inherited or its own; of a template or shape what its Things can. */
export interface Members {
  readonly properties: readonly PropertyMember[];
  readonly services: readonly ServiceMember[];
  readonly events: readonly EventMember[];
  readonly subscriptions: readonly SubscriptionMember[];
}

const read = new WeakMap<EntityDocument, Members>();

/** The members of an entity, read from its document once. */
export function membersOf(entity: EntityDocument): Members {
  const known = read.get(entity);
  if (known) return known;
  const members = readMembers(objectAt(entity.all, 'effectiveShape'), entity);
  read.set(entity, members);
  return members;
}

/** Reads metadata, as GetMetadataAsJSON and GetRemoteMetadata answer it; `owner` is whose own members count as its own. */
export function readMembers(shape: Row, owner?: { readonly name: string; readonly type: string }): Members {
  const list = (part: string) => Object.values(objectAt(shape, part)).filter(isObject) as Row[];
  const base = (row: Row): Member => {
    const source = { name: text(row, 'sourceName'), type: text(row, 'sourceType') };
    return { name: text(row, 'name'), description: text(row, 'description'), category: text(row, 'category'), source, isOwn: source.name === owner?.name && source.type === owner.type };
  };
  return {
    properties: list('propertyDefinitions').map(row => ({ ...base(row), baseType: text(row, 'baseType'), aspects: objectAt(row, 'aspects') })),
    services: list('serviceDefinitions').map(row => ({
      ...base(row), parameters: Object.values(objectAt(objectAt(row, 'Inputs'), 'fieldDefinitions')).map(readField).sort((a, b) => a.ordinal - b.ordinal),
      result: readField(row['Outputs']), isOverridable: flag(row, 'isAllowOverride'),
    })),
    events: list('eventDefinitions').map(row => ({ ...base(row), dataShape: text(row, 'dataShape') })),
    subscriptions: list('subscriptions').map(row => ({ ...base(row), isEnabled: flag(row, 'enabled'), isOrdered: flag(row, 'ordered'), events: rowsAt(row, 'events').map(readEvent) })),
  };
}

/** A member of a document that is a list of objects. */
export const rowsAt = (row: Row, name: string): Row[] => (Array.isArray(row[name]) ? (row[name].filter(isObject) as Row[]) : []);

/** A member of a document that is an object; empty where there is none. */
export const objectAt = (row: Row, name: string): Row => (isObject(row[name]) ? (row[name] as Row) : {});

/** Reads an event that a subscription waits for. */
export const readEvent = (row: Row): SubscribedEvent => ({ eventName: text(row, 'eventName'), source: text(row, 'source'), sourceProperty: text(row, 'sourceProperty') });

/** A value that may be left out of a call. */
export const orNothing = (value: Json | undefined): Json | undefined => (value === '' || value === null ? undefined : value);
