import { flag, table, text, type FieldDefinition, type InfoTable, type Row } from './infotable';
import { call, invoke } from './services';

/** A service as the server defines it. */
export interface ServiceDefinition {
  readonly name: string;
  readonly description: string;
  readonly category: string;
  /** Who defines it: the entity itself, a template or a shape. */
  readonly source: { readonly type: string; readonly name: string };
  /** Whether an heir may define it anew. */
  readonly isOverridable: boolean;
  /** Whether the remote twin of its template passes it on to the other server. */
  readonly isRelayed: boolean;
  readonly isAsync: boolean;
  readonly parameters: readonly FieldDefinition[];
  readonly result: FieldDefinition;
}

/** The word that stands for the Data Shape of the Thing itself. */
export const ownShape = '*';

/** Every service of an entity that the caller can see, by name. @throws ApiError 403 without the right to read the entity. */
export async function readServices(collection: string, name: string, signal?: AbortSignal): Promise<ServiceDefinition[]> {
  return (await invoke(collection, name, 'GetServiceDefinitions', {}, signal)).rows.map(readService);
}

/** The fields of a Data Shape, of the platform's own too. @throws ApiError 404 where it is not or may not be seen. */
export async function readShape(name: string, signal?: AbortSignal): Promise<readonly FieldDefinition[]> {
  return (await call('Resources/InfoTableFunctions', 'CreateInfoTableFromDataShape', { dataShapeName: name }, signal)).fields;
}

/** The name of a Thing's own Data Shape; empty where it has none. */
export function shapeOfThing(definition: Row): string {
  const tables = definition['configurationTables'] as { Settings?: unknown } | undefined;
  return text(table({ settings: tables?.Settings } as Row, 'settings').rows[0], 'dataShape');
}

function readService(row: Row): ServiceDefinition {
  const aspects = firstRow(row, 'aspects');
  return {
    name: text(row, 'name'), description: text(row, 'description'), category: text(row, 'category'),
    source: { type: text(row, 'sourceType'), name: text(row, 'sourceName') },
    isOverridable: flag(row, 'isAllowOverride'), isRelayed: flag(row, 'isRelayed'), isAsync: flag(aspects, 'isAsync'),
    parameters: readFields(table(row, 'parameterDefinitions')),
    result: readFields(table(row, 'resultType'))[0] ?? { name: 'result', description: '', baseType: 'NOTHING', ordinal: 0, aspects: {} },
  };
}

const readFields = (fields: InfoTable): FieldDefinition[] => fields.rows.map(row => ({
  name: text(row, 'name'), description: text(row, 'description'), baseType: text(row, 'baseType'), ordinal: Number(row['ordinal'] ?? 0), aspects: firstRow(row, 'aspects'),
}));

const firstRow = (row: Row, field: string): Row => table(row, field).rows[0] ?? {};
