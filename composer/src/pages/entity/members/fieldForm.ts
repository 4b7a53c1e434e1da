import { flag, tableOf, text, type FieldDefinition, type Json } from '../../../api/infotable';

/** A parameter or result as forms edit it. */
export type FieldForm = { name: string; baseType: string; description: string; dataShape: string; isRequired: boolean; defaultValue: Json };

/** A field that nothing is said of yet. */
export const newField = (name: string, baseType = 'STRING'): FieldForm => ({ name, baseType, description: '', dataShape: '', isRequired: false, defaultValue: null });

/** The form of a field. */
export const fieldForm = (field: FieldDefinition): FieldForm => ({
  name: field.name, baseType: field.baseType, description: field.description, dataShape: text(field.aspects, 'dataShape'), isRequired: flag(field.aspects, 'isRequired'), defaultValue: field.aspects['defaultValue'] ?? null,
});

/** Fields as the services that define services take them. */
export const fieldTable = (fields: readonly FieldForm[]): Json => tableOf(
  { name: 'STRING', description: 'STRING', baseType: 'STRING', dataShape: 'STRING', isRequired: 'BOOLEAN', defaultValue: 'VARIANT' },
  fields.map(({ defaultValue, ...field }) => (defaultValue === null || defaultValue === '' ? field : { ...field, defaultValue })),
);

/** A form as a field again, for inputs of its base type. */
export const fieldOfForm = ({ name, baseType, description, dataShape, isRequired, defaultValue }: FieldForm, ordinal = 0): FieldDefinition => ({
  name, baseType, description, ordinal, aspects: { ...(dataShape === '' ? {} : { dataShape }), ...(isRequired ? { isRequired } : {}), ...(defaultValue === null || defaultValue === '' ? {} : { defaultValue }) },
});

/** A field of which only the base type matters. */
export const plainField = (name: string, baseType: string): FieldDefinition => ({ name, baseType, description: '', ordinal: 0, aspects: {} });
