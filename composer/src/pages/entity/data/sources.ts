import { shapeOfThing } from '../../../api/definitions';
import type { EntityDocument } from '../../../api/entities';
import { toQuery, type Condition } from '../../../api/filter';
import { isObject, number, resultOf, table, text, type FieldDefinition, type InfoTable, type Json, type Row } from '../../../api/infotable';
import { invoke, type Arguments } from '../../../api/services';
import type { Kind } from '../../../registry';
import { mostWindows } from './chartData';
import type { Ask, Page } from './rowWindow';

/** What the rows of a Thing are: entries of a stream, a table or a value stream, or the history of its own properties. */
export type DataKind = 'stream' | 'table' | 'values' | 'history';

/** How the rows of a Thing are read and written. */
export interface DataSource {
  readonly kind: DataKind;
  readonly thing: string;
  /** The Data Shape of its entries; empty where they have none. */
  readonly shape: string;
  readonly load: (ask: Ask, conditions: readonly Condition[], signal?: AbortSignal) => Promise<Page>;
  readonly count: ((signal?: AbortSignal) => Promise<number>) | undefined;
  /** What tells when something new has come: a service and its arguments for the newest rows. */
  readonly tail: ((conditions: readonly Condition[]) => { service: string; arguments: Arguments }) | undefined;
  /** Numbers gathered where the rows are, in windows of time; undefined where only rows can be asked for. */
  readonly windows: ((fields: readonly string[], conditions: readonly Condition[], times: Pick<Ask, 'from' | 'to'>, signal?: AbortSignal) => Promise<InfoTable>) | undefined;
  readonly keyOf: (row: Row) => string;
  readonly hasTimes: boolean;
  /** Fields of every entry beside those of its Data Shape, which cannot be edited. */
  readonly ownFields: ReadonlySet<string>;
}

/** The base types of which value streams keep values. */
export const valueTypes = ['NUMBER', 'STRING', 'BOOLEAN', 'DATETIME', 'INTEGER', 'LONG', 'LOCATION', 'INFOTABLE', 'IMAGE'] as const;

/** The newest rows that the live tail asks for each time. */
export const tailLength = 200;

/** Fields of a Thing that are logged. */
export function loggedFields(entity: EntityDocument): string[] {
  const shape = entity.all['effectiveShape'];
  const properties = isObject(shape) && isObject(shape['propertyDefinitions']) ? Object.values(shape['propertyDefinitions']) : [];
  return properties.flatMap(property => (isObject(property) && isObject(property['aspects']) && property['aspects']['isLogged'] === true ? [String(property['name'])] : []));
}

/** What rows a Thing has; undefined where it has none. */
export function dataKindOf(kind: Kind, entity: EntityDocument): DataKind | undefined {
  switch (kind.id) {
    case 'Streams': return 'stream';
    case 'DataTables': return 'table';
    case 'ValueStreams': return 'values';
    default: return entity.kind === 'Things' && loggedFields(entity).length > 0 && text(entity.all, 'valueStream') !== '' ? 'history' : undefined;
  }
}

/** The source of a Thing's rows. `valueType` is for value streams. */
export function sourceOf(kind: DataKind, entity: EntityDocument, valueType: string): DataSource {
  const thing = entity.name;
  const ask = (service: string, args: Arguments, signal?: AbortSignal) => invoke('Things', thing, service, args, signal);
  const page = async (service: string, { size, cursor, from, to, oldestFirst = false }: Ask, more: Arguments, signal?: AbortSignal): Promise<Page> => {
    const [answer] = (await ask(service, { pageSize: size, cursor, ...(kind === 'table' ? {} : { startDate: from, endDate: to, oldestFirst }), ...more }, signal)).rows;
    const { fields, rows } = table(answer, 'rows');
    return { fields, rows, cursor: text(answer, 'cursor') || undefined };
  };
  const query = (conditions: readonly Condition[]): Json | undefined => toQuery(conditions);
  const shared = { kind, thing, shape: shapeOfThing(entity.all), windows: undefined };
  switch (kind) {
    case 'stream': return {
      ...shared, hasTimes: true, keyOf: row => text(row, 'id'), ownFields: new Set(['id', 'timestamp', 'source', 'sourceType', 'location', 'tags']),
      load: (wanted, conditions, signal) => page('QueryStreamEntriesWithDataPage', wanted, { query: query(conditions) }, signal),
      count: async signal => Number(resultOf(await ask('GetStreamEntryCount', {}, signal)) ?? 0),
      windows: (fields, conditions, { from, to }, signal) => ask('QueryStreamWindows', { fieldNames: fields.join(','), windows: mostWindows, startDate: from, endDate: to, query: query(conditions) }, signal),
      tail: conditions => ({ service: 'QueryStreamEntriesWithData', arguments: { maxItems: tailLength, query: query(conditions) } }),
    };
    case 'table': return {
      ...shared, hasTimes: false, keyOf: row => text(row, 'key'), ownFields: new Set(['key', 'id', 'timestamp', 'source', 'sourceType', 'location', 'tags']),
      load: (wanted, conditions, signal) => page('QueryDataTableEntriesPage', wanted, { query: query(conditions) }, signal),
      count: async signal => Number(resultOf(await ask('GetDataTableEntryCount', {}, signal)) ?? 0),
      tail: undefined,
    };
    case 'values': return {
      ...shared, hasTimes: true, keyOf: row => text(row, 'id'), ownFields: new Set(['id', 'timestamp', 'name', 'source', 'quality', 'value']),
      load: (wanted, conditions, signal) => page('QueryValueStreamEntriesPage', wanted, { type: valueType, withOrigin: true, query: query(conditions) }, signal),
      count: undefined,
      tail: conditions => ({ service: 'QueryValueStreamEntries', arguments: { type: valueType, maxItems: tailLength, query: query(conditions) } }),
    };
    case 'history': return {
      ...shared, hasTimes: true, keyOf: row => String(number(row, 'timestamp')), ownFields: new Set(['timestamp']),
      // There is one row for each time, so the next page begins a millisecond further on.
      load: async ({ size, cursor, from, to, oldestFirst = false }, conditions, signal) => {
        const edge = cursor === undefined ? undefined : Number(cursor);
        const found = await ask('QueryPropertyHistory', {
          maxItems: size, oldestFirst, startDate: oldestFirst ? edge ?? from : from, endDate: oldestFirst ? to : edge ?? to, query: query(conditions), fillOption: 'NONE',
        }, signal);
        const last = number(found.rows.at(-1), 'timestamp');
        return { ...found, fields: timesFirst(found.fields), cursor: found.rows.length < size || last === undefined ? undefined : String(oldestFirst ? last + 1 : last - 1) };
      },
      count: undefined,
      tail: conditions => ({ service: 'QueryPropertyHistory', arguments: { maxItems: tailLength, query: query(conditions), fillOption: 'NONE' } }),
    };
  }
}

/** The fields as a grid shows them: the time, the source, the data (`shape`, as far as it is known), and last what seldom matters. */
export function fieldOrder(fields: readonly FieldDefinition[], source: DataSource, shape: readonly FieldDefinition[] | undefined): FieldDefinition[] {
  const isOwn = (name: string) => source.ownFields.has(name) && !shape?.some(field => field.name === name);
  const late = ['sourceType', 'location', 'tags', 'quality', 'key', 'id'];
  const early = source.kind === 'table' ? [] : ['timestamp', 'source', 'name'];
  const rank = ({ name }: FieldDefinition) => (!isOwn(name) || name === 'value' ? early.length : early.includes(name) ? early.indexOf(name) : early.length + 1 + Math.max(0, late.indexOf(name)));
  return fields.toSorted((one, other) => rank(one) - rank(other));
}

const timesFirst = (fields: readonly FieldDefinition[]): FieldDefinition[] => fields.toSorted((one, other) => Number(other.name === 'timestamp') - Number(one.name === 'timestamp'));
