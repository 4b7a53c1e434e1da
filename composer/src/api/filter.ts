import { isObject, type FieldDefinition, type Json } from './infotable';

/** How a condition compares, as queries write it. */
export const operators = ['EQ', 'NE', 'GT', 'GE', 'LT', 'LE', 'LIKE', 'NOTLIKE', 'IN', 'NOTIN', 'BETWEEN', 'MISSINGVALUE', 'NOTMISSINGVALUE'] as const;

/** One of them. */
export type Operator = (typeof operators)[number];

/** One condition on a field. `values` are as the field's base type has them: none, one, two (BETWEEN) or many (IN). */
export interface Condition {
  readonly field: string;
  readonly operator: Operator;
  readonly values: readonly Json[];
}

/** Whether a base type is ordered by size. */
export const isOrdered = (baseType: string): boolean => isNumeric(baseType) || baseType === 'DATETIME' || baseType === 'TIMESPAN';

/** Whether a base type is a number. */
export const isNumeric = (baseType: string): boolean => baseType === 'NUMBER' || baseType === 'INTEGER' || baseType === 'LONG';

/** The operators that make sense for a base type, the usual one first. */
export function operatorsOf(baseType: string): readonly Operator[] {
  if (baseType === 'BOOLEAN') return ['EQ', 'NE', 'MISSINGVALUE', 'NOTMISSINGVALUE'];
  if (isOrdered(baseType)) return ['GT', 'GE', 'LT', 'LE', 'BETWEEN', 'EQ', 'NE', 'IN', 'NOTIN', 'MISSINGVALUE', 'NOTMISSINGVALUE'];
  return ['EQ', 'NE', 'LIKE', 'NOTLIKE', 'IN', 'NOTIN', 'MISSINGVALUE', 'NOTMISSINGVALUE'];
}

/** How many values an operator takes. */
export const valuesOf = (operator: Operator): 0 | 1 | 2 | 'many' =>
  operator.endsWith('MISSINGVALUE') ? 0 : operator === 'BETWEEN' ? 2 : operator === 'IN' || operator === 'NOTIN' ? 'many' : 1;

/** Whether a condition says enough to be asked. */
export function isComplete({ operator, values }: Condition): boolean {
  const needs = valuesOf(operator);
  return needs === 'many' ? values.length > 0 : values.length >= needs;
}

/** The conditions as the query of a service; all must hold. Undefined where nothing is asked. */
export function toQuery(conditions: readonly Condition[], sorts: readonly Json[] = []): Json | undefined {
  const filters = conditions.filter(isComplete).map(toFilter);
  const [only] = filters;
  if (only === undefined && sorts.length === 0) return undefined;
  return {
    ...(only === undefined ? {} : { filters: filters.length === 1 ? only : { type: 'AND', filters } }),
    ...(sorts.length === 0 ? {} : { sorts: [...sorts] }),
  };
}

/** Reads a query back; undefined where it says more than conditions can. */
export function readQuery(query: unknown): readonly Condition[] | undefined {
  if (query === undefined || query === null || query === '') return [];
  if (!isObject(query) || (Array.isArray(query['sorts']) && query['sorts'].length > 0)) return undefined;
  const filters = query['filters'];
  if (filters === undefined || filters === null) return [];
  const list = Array.isArray(filters) ? filters : isObject(filters) && filters['type'] === 'AND' && Array.isArray(filters['filters']) ? filters['filters'] : [filters];
  const conditions = list.map(readFilter);
  return conditions.includes(undefined) ? undefined : conditions as Condition[];
}

/** Writes conditions for an address, and reads them. */
export const writeConditions = (conditions: readonly Condition[]): string[] => conditions.map(({ field, operator, values }) => JSON.stringify([field, operator, ...values]));

/** Reads what {@link writeConditions} wrote; what makes no sense is left out. */
export const readConditions = (texts: readonly string[]): Condition[] => texts.flatMap(text => {
  try {
    const [field, operator, ...values] = JSON.parse(text) as Json[];
    return typeof field === 'string' && operators.includes(operator as Operator) ? [{ field, operator: operator as Operator, values }] : [];
  } catch {
    return [];
  }
});

/** Fields that conditions can be on. */
export const isFilterable = ({ baseType }: FieldDefinition): boolean => !['INFOTABLE', 'JSON', 'XML', 'LOCATION', 'IMAGE', 'BLOB', 'PASSWORD', 'TAGS', 'VARIANT', 'QUERY'].includes(baseType);

function toFilter({ field, operator, values }: Condition): Json {
  const [first = null, second = null] = values;
  switch (valuesOf(operator)) {
    case 0: return { type: operator, fieldName: field };
    case 2: return { type: operator, fieldName: field, from: first, to: second };
    case 'many': return { type: operator, fieldName: field, values: [...values] };
    default: return { type: operator, fieldName: field, value: operator.endsWith('LIKE') && typeof first === 'string' && !/[*%]/.test(first) ? `*${first}*` : first };
  }
}

function readFilter(filter: unknown): Condition | undefined {
  if (!isObject(filter) || typeof filter['fieldName'] !== 'string') return undefined;
  const operator = operators.find(one => one === String(filter['type']).toUpperCase());
  if (!operator || Object.keys(filter).some(member => !['type', 'fieldName', 'value', 'values', 'from', 'to'].includes(member))) return undefined;
  const needs = valuesOf(operator);
  const values = needs === 0 ? [] : needs === 2 ? [filter['from'], filter['to']] : needs === 'many' ? filter['values'] : [filter['value']];
  return Array.isArray(values) ? { field: filter['fieldName'], operator, values: values.filter(value => value !== undefined) as Json[] } : undefined;
}
