import type { EntityDocument } from '../../../api/entities';
import { flag, number, table, tableOf, text, type Json, type Row } from '../../../api/infotable';
import { membersOf, rowsAt } from '../../../api/members';
import { invoke } from '../../../api/services';
import { anyGroup, memberDraft, type MemberGroup } from '../members/memberDraft';

/** The types of alerts that fire, and the limits that each has. */
export const alertTypes = {
  Above: ['limit'], Below: ['limit'], EqualTo: ['value'], NotEqualTo: ['value'], InRange: ['minimum', 'maximum'], OutofRange: ['minimum', 'maximum'], DeviationAbove: ['value', 'limit'], DeviationBelow: ['value', 'limit'],
} as const satisfies Readonly<Record<string, readonly Limit[]>>;

/** A limit of an alert. */
export type Limit = 'value' | 'limit' | 'minimum' | 'maximum';

/** Limits that may belong to the side of the alert or not. */
export const inclusions = { limit: 'limitIncluded', minimum: 'minimumIncluded', maximum: 'maximumIncluded' } as const;

/** An alert as the form edits it. */
export type AlertForm = { alertType: string; description: string; enabled: boolean; priority: number; limits: { [limit: string]: Json } };

/** An alert is named by its property and its own name; neither has a slash. */
export const alertKey = (property: string, name: string): string => `${property}/${name}`;

/** The two names of a key. */
export const alertNames = (key: string): readonly [property: string, name: string] => [key.slice(0, key.indexOf('/')), key.slice(key.indexOf('/') + 1)];

/** The limits of a type; a type that does not run here has none. */
export const limitsOf = (alertType: string): readonly Limit[] => (alertTypes as Readonly<Record<string, readonly Limit[]>>)[alertType] ?? [];

/** Reads an alert, as documents and GetAlertDefinitions write it. */
export const readAlert = (row: Row): AlertForm => ({
  alertType: text(row, 'alertType'), description: text(row, 'description'), enabled: flag(row, 'enabled'), priority: number(row, 'priority') ?? 1,
  limits: Object.fromEntries(Object.entries(table(row, 'attributes').rows[0] ?? {}).filter((pair): pair is [string, Json] => pair[1] !== undefined)),
});

/** Alerts that an entity says itself; one of the same property and name takes the place of an inherited one. */
export const alertGroup: MemberGroup<AlertForm> = {
  id: 'alert',
  read: entity => Object.fromEntries(rowsAt(entity.all, 'alerts').map(row => [alertKey(text(row, 'property'), text(row, 'name')), readAlert(row)])),
  label: key => alertNames(key).join(' · '),
  put: (entity, key, form) => {
    const [property, alertName] = alertNames(key);
    return invoke(entity.kind, entity.name, 'AddOrUpdateAlert', {
      property, alertName, alertType: form.alertType, description: form.description, enabled: form.enabled, priority: form.priority, attributes: attributesOf(form, typeOf(entity, property)),
    });
  },
  remove: (entity, key) => {
    const [property, alertName] = alertNames(key);
    return invoke(entity.kind, entity.name, 'RemoveAlert', { property, alertName });
  },
};

/** The limits as the one row that services take: those of the type, in the type of the property. */
export function attributesOf({ alertType, limits }: AlertForm, baseType: string): Json {
  const wanted = limitsOf(alertType).filter(limit => limits[limit] !== undefined && limits[limit] !== null && limits[limit] !== '');
  const flags = limitsOf(alertType).flatMap(limit => (limit !== 'value' && limits[inclusions[limit]] === false ? [inclusions[limit]] : []));
  const types = { ...Object.fromEntries(wanted.map(limit => [limit, alertType.startsWith('Deviation') && limit === 'limit' ? 'NUMBER' : baseType])), ...Object.fromEntries(flags.map(name => [name, 'BOOLEAN'])) };
  return tableOf(types, [Object.fromEntries(Object.keys(types).map(name => [name, limits[name]]))]);
}

const typeOf = (entity: EntityDocument, property: string): string => membersOf(entity).properties.find(one => one.name === property)?.baseType ?? 'NUMBER';

/** How the Alerts tab saves. */
export const draft = memberDraft([anyGroup(alertGroup)]);
