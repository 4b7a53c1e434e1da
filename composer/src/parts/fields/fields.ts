import type { FieldDefinition, Json, Row } from '../../api/infotable';
import { flag, number, text } from '../../api/infotable';

/** A field of a Data Shape as it is edited. */
export interface EditedField {
  readonly name: string;
  readonly baseType: string;
  readonly description: string;
  readonly isPrimaryKey: boolean;
  /** For INFOTABLE: the Data Shape of its rows. */
  readonly dataShape: string;
}

/** A field that nothing is said of yet. */
export const blankField: EditedField = { name: '', baseType: 'STRING', description: '', isPrimaryKey: false, dataShape: '' };

/** Reads fields out of a draft. */
export const readFields = (value: Json | undefined): EditedField[] => (Array.isArray(value) ? value.map(one => readField(one as Row)) : []);

/** Reads a row of fields, as a draft or GetFieldDefinitions has it. */
export const readField = (row: Row): EditedField => ({
  name: text(row, 'name'), baseType: text(row, 'baseType'), description: text(row, 'description'), isPrimaryKey: flag(row, 'isPrimaryKey'), dataShape: text(row, 'dataShape'),
});

/** Fields as a draft keeps them. */
export const writeFields = (fields: readonly EditedField[]): Json => fields.map(field => ({ ...field }));

/** What is wrong with a list of fields: by their position. */
export function faultsOf(fields: readonly EditedField[], words: { missing: string; twice: string; sign: string }): ReadonlyMap<number, string> {
  const faults = new Map<number, string>();
  fields.forEach(({ name }, index) => {
    if (name.trim() === '') faults.set(index, words.missing);
    else if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name.trim())) faults.set(index, words.sign);
    else if (fields.findIndex(one => one.name.trim() === name.trim()) < index) faults.set(index, words.twice);
  });
  return faults;
}

const columns: readonly (readonly [string, string])[] = [['name', 'STRING'], ['description', 'STRING'], ['baseType', 'STRING'], ['ordinal', 'INTEGER'], ['isPrimaryKey', 'BOOLEAN'], ['dataShape', 'STRING']];

/** The columns of the table of fields that CreateDataShape takes. */
export const fieldColumns: readonly FieldDefinition[] = columns.map(([name, baseType], ordinal) => ({ name, baseType, ordinal, description: '', aspects: {} }));

/** Fields as CreateDataShape takes them, in their order. */
export const toRows = (fields: readonly EditedField[]): Row[] => fields.map((field, ordinal) => ({ ...field, name: field.name.trim(), ordinal }));

/** The fields of a definition's document, in their order. */
export const fieldsOfDocument = (definitions: Json | undefined): EditedField[] =>
  (Array.isArray(definitions) ? (definitions as Row[]) : []).toSorted((a, b) => (number(a, 'ordinal') ?? 0) - (number(b, 'ordinal') ?? 0))
    .map(row => {
      const aspects = (row['aspects'] ?? {}) as Row;
      return { name: text(row, 'name'), baseType: text(row, 'baseType'), description: text(row, 'description'), isPrimaryKey: flag(aspects, 'isPrimaryKey'), dataShape: text(aspects, 'dataShape') };
    });
