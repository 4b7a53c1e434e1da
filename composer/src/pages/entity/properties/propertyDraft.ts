import type { EntityDocument } from '../../../api/entities';
import { flag, number, text, type Json, type Row } from '../../../api/infotable';
import { isNumeric } from '../../../api/filter';
import { objectAt, orNothing, rowsAt } from '../../../api/members';
import { invoke } from '../../../api/services';
import type { MemberGroup } from '../members/memberDraft';

/** A property's definition as the form edits it. */
export type PropertyForm = {
  baseType: string; description: string; category: string; dataShape: string; readOnly: boolean; persistent: boolean; logged: boolean; indexed: boolean;
  dataChangeType: string; dataChangeThreshold: number | null; defaultValue: Json; units: string; minimum: number | null; maximum: number | null;
};

/** When a write counts as a change. */
export const dataChangeTypes = ['VALUE', 'ALWAYS', 'NEVER', 'ON', 'OFF'] as const;

/** A property that nothing is said of yet. */
export const newProperty: PropertyForm = {
  baseType: 'NUMBER', description: '', category: '', dataShape: '', readOnly: false, persistent: false, logged: false, indexed: false,
  dataChangeType: 'VALUE', dataChangeThreshold: null, defaultValue: null, units: '', minimum: null, maximum: null,
};

/** The form of a definition, as documents and members write it. */
export const propertyForm = (definition: { description: string; baseType: string; category: string; aspects: Row }): PropertyForm => {
  const { aspects } = definition;
  return {
    baseType: definition.baseType, description: definition.description, category: definition.category, dataShape: text(aspects, 'dataShape'), readOnly: flag(aspects, 'isReadOnly'),
    persistent: flag(aspects, 'isPersistent'), logged: flag(aspects, 'isLogged'), indexed: flag(aspects, 'isIndexed'), dataChangeType: text(aspects, 'dataChangeType').toUpperCase() || 'VALUE',
    dataChangeThreshold: number(aspects, 'dataChangeThreshold') ?? null, defaultValue: aspects['defaultValue'] ?? null, units: text(aspects, 'units'),
    minimum: number(aspects, 'minimumValue') ?? null, maximum: number(aspects, 'maximumValue') ?? null,
  };
};

/** What the server takes: limits and units of numbers only, a Data Shape of tables only. */
export const propertyArguments = (name: string, form: PropertyForm): Record<string, Json | undefined> => {
  const isNumber = isNumeric(form.baseType);
  return {
    name, type: form.baseType, description: form.description, category: form.category, readOnly: form.readOnly, persistent: form.persistent, logged: form.logged, indexed: form.indexed,
    dataChangeType: form.dataChangeType, dataShape: form.baseType === 'INFOTABLE' ? orNothing(form.dataShape) : undefined,
    defaultValue: orNothing(typeof form.defaultValue === 'object' && form.defaultValue !== null ? JSON.stringify(form.defaultValue) : form.defaultValue === null ? null : String(form.defaultValue)),
    ...(isNumber ? { dataChangeThreshold: form.dataChangeThreshold ?? undefined, units: orNothing(form.units), minimumValue: form.minimum ?? undefined, maximumValue: form.maximum ?? undefined } : {}),
  };
};

/** Definitions of properties of an entity's own. */
export const propertyGroup: MemberGroup<PropertyForm> = {
  id: 'property',
  read: (entity: EntityDocument) => Object.fromEntries(rowsAt(entity.all, 'properties').map(row => {
    const field = objectAt(row, 'field');
    return [text(row, 'name'), propertyForm({ description: text(field, 'description'), baseType: text(field, 'baseType'), category: text(row, 'category'), aspects: objectAt(field, 'aspects') })];
  })),
  label: name => name,
  put: (entity, name, form) => invoke(entity.kind, entity.name, 'AddOrUpdatePropertyDefinition', propertyArguments(name, form)),
  remove: (entity, name) => invoke(entity.kind, entity.name, 'RemovePropertyDefinition', { name }),
};
