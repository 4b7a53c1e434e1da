import { flag, isObject, number, table, text, type FieldDefinition, type InfoTable, type Json, type Row } from './infotable';
import { invoke } from './services';

/** A configuration table as its entity defines it. */
export interface ConfigurationTable {
  readonly name: string;
  readonly description: string;
  readonly isMultiRow: boolean;
  readonly isHidden: boolean;
  readonly fields: readonly FieldDefinition[];
  /** The field that rows are known by; undefined for tables of one row, and where rows have no name. */
  readonly key: string | undefined;
}

/** The configuration tables of an entity, in their order. */
export async function readConfigurationTables(kind: string, name: string, signal?: AbortSignal): Promise<ConfigurationTable[]> {
  const found = await invoke(kind, name, 'GetConfigurationTables', {}, signal);
  return found.rows.map(row => {
    const fields = table(row, 'dataShape').rows.map(toField);
    return {
      name: text(row, 'name'), description: text(row, 'description'), isMultiRow: flag(row, 'isMultiRow'), isHidden: flag(row, 'isHidden'), fields,
      key: fields.find(field => flag(field.aspects, 'isPrimaryKey'))?.name,
    };
  });
}

/** The rows of a table; secrets are masked. */
export const readConfigurationTable = (kind: string, name: string, tableName: string, signal?: AbortSignal): Promise<InfoTable> =>
  invoke(kind, name, 'GetConfigurationTable', { tableName }, signal);

/** Replaces the rows of a table. */
export const setConfigurationTable = (kind: string, name: string, configuration: ConfigurationTable, rows: readonly Row[]): Promise<InfoTable> =>
  invoke(kind, name, configuration.isMultiRow ? 'SetMultiRowConfigurationTable' : 'SetConfigurationTable',
    { tableName: configuration.name, configurationTable: toTable(configuration.fields, rows), persistent: true });

/** Adds rows to a table whose rows have names, or replaces those of the same name. */
export const setConfigurationRows = (kind: string, name: string, configuration: ConfigurationTable, rows: readonly Row[]): Promise<InfoTable> =>
  invoke(kind, name, 'SetConfigurationTableRows', { tableName: configuration.name, values: toTable(configuration.fields, rows), persistent: true });

/** Takes rows out of a table whose rows have names. */
export const deleteConfigurationRows = (kind: string, name: string, configuration: ConfigurationTable, names: readonly string[]): Promise<InfoTable> =>
  invoke(kind, name, 'DeleteConfigurationTableRows', {
    tableName: configuration.name, values: toTable(configuration.fields, names.map(one => ({ [configuration.key ?? 'name']: one }))), persistent: true,
  });

/** An InfoTable as services take it. */
export const toTable = (fields: readonly FieldDefinition[], rows: readonly Row[]): Json => ({
  dataShape: { fieldDefinitions: Object.fromEntries(fields.map(field => [field.name, { name: field.name, description: field.description, baseType: field.baseType, ordinal: field.ordinal, aspects: {} }])) },
  rows: rows.map(row => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined && value !== null))) as Json[],
});

/** A row of GetFieldDefinitions. */
function toField(row: Row): FieldDefinition {
  const own = (isObject(row['aspects']) ? row['aspects'] : {}) as Row;
  return {
    name: text(row, 'name'), description: text(row, 'description'), baseType: text(row, 'baseType'), ordinal: number(row, 'ordinal') ?? 0,
    aspects: { ...own, isPrimaryKey: flag(row, 'isPrimaryKey') },
  };
}

/** What a person calls a field. */
export const labelOf = (field: FieldDefinition): string => text(field.aspects, 'friendlyName') || field.name;

/** What a field is when nothing is said. */
export const defaultOf = (field: FieldDefinition): Json => field.aspects['defaultValue'] ?? null;
