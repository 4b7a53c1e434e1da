/** A value as the server's JSON holds it. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** A row; what has no value is left out. */
export type Row = Readonly<Record<string, Json | undefined>>;

/** One field of a Data Shape, as docs/rest.md describes it. */
export interface FieldDefinition {
  readonly name: string;
  readonly description: string;
  readonly baseType: string;
  readonly ordinal: number;
  readonly aspects: Row;
}

/** A table as services answer it. */
export interface InfoTable {
  readonly fields: readonly FieldDefinition[];
  readonly rows: readonly Row[];
}

/** One term of a model tag, as in `Plant:Bergen`. */
export interface Tag {
  readonly vocabulary: string;
  readonly vocabularyTerm: string;
}

const empty: InfoTable = { fields: [], rows: [] };

/**
 * Reads a service's answer; an empty body is a table without rows.
 * @throws TypeError when the answer is no InfoTable.
 */
export function readTable(answer: unknown): InfoTable {
  if (answer === undefined || answer === null) return empty;
  if (!isObject(answer) || !Array.isArray(answer['rows']) || !isObject(answer['dataShape'])) throw new TypeError('The answer is no InfoTable.');
  const definitions = answer['dataShape']['fieldDefinitions'];
  return {
    fields: isObject(definitions) ? Object.values(definitions).map(readField).sort((a, b) => a.ordinal - b.ordinal) : [],
    rows: answer['rows'].filter(isObject) as Row[],
  };
}

/** A table as a service takes it; the fields that no row has may be left out. */
export const tableOf = (types: Readonly<Record<string, string>>, rows: readonly Row[]): Json => ({
  dataShape: { fieldDefinitions: Object.fromEntries(Object.entries(types).map(([name, baseType], ordinal) => [name, { name, baseType, ordinal, aspects: {} }])) },
  rows: rows as Json[],
});

/** The result of a service that gives one value: a table of one row with the field `result`. */
export const resultOf = (table: InfoTable): Json | undefined => table.rows[0]?.['result'];

/** The field as text; empty where there is none. */
export function text(row: Row | undefined, field: string): string {
  const value = row?.[field];
  return value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The field as a number; NaN and the infinities come as words. Undefined where there is none. */
export function number(row: Row | undefined, field: string): number | undefined {
  const value = row?.[field];
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^(NaN|-?Infinity)$/.test(value) ? Number(value) : undefined;
}

/** The field as a truth; false where there is none. */
export const flag = (row: Row | undefined, field: string): boolean => row?.[field] === true;

/** A DATETIME field, milliseconds since 1970; undefined where there is none. */
export const time = (row: Row | undefined, field: string): number | undefined => number(row, field);

/** A field of base type INFOTABLE. */
export const table = (row: Row | undefined, field: string): InfoTable => readTable(row?.[field] ?? undefined);

/** A TAGS field: rows of vocabulary and term, or the text `Plant:Bergen;Line:4`. */
export function tags(row: Row | undefined, field: string): Tag[] {
  const value = row?.[field];
  if (typeof value === 'string') return parseTags(value);
  return Array.isArray(value) ? value.filter(isObject).map(tag => ({ vocabulary: text(tag as Row, 'vocabulary'), vocabularyTerm: text(tag as Row, 'vocabularyTerm') })) : [];
}

/** Reads `Plant:Bergen;Line:4`. */
export const parseTags = (value: string): Tag[] =>
  value.split(';').filter(Boolean).map(tag => {
    const colon = tag.indexOf(':');
    return colon < 0 ? { vocabulary: tag, vocabularyTerm: '' } : { vocabulary: tag.slice(0, colon), vocabularyTerm: tag.slice(colon + 1) };
  });

/** Writes `Plant:Bergen;Line:4`. */
export const formatTags = (value: readonly Tag[]): string => value.map(tag => `${tag.vocabulary}:${tag.vocabularyTerm}`).join(';');

/** Whether a value is a JSON object. */
export const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads a field of a Data Shape, a parameter or a result as the server's JSON writes it. */
export function readField(value: unknown): FieldDefinition {
  const field = (isObject(value) ? value : {}) as Row;
  return {
    name: text(field, 'name'), description: text(field, 'description'), baseType: text(field, 'baseType'), ordinal: number(field, 'ordinal') ?? 0,
    aspects: (isObject(field['aspects']) ? field['aspects'] : {}) as Row,
  };
}
