import { formatTags, tags, text, type FieldDefinition, type Json, type Row } from '../../../api/infotable';
import { invoke } from '../../../api/services';
import { tableValue } from '../../../parts/values/tables';
import type { DataSource } from './sources';

/** Which entries of a source can be made, changed and deleted by a person who has the right. */
export const canEdit = ({ kind }: DataSource): boolean => kind === 'stream' || kind === 'table';
export const canDelete = ({ kind }: DataSource): boolean => kind !== 'history';

/** What a person can do with an entry. */
export type Writing = 'add' | 'change' | 'delete';

const services: Readonly<Record<DataSource['kind'], Partial<Readonly<Record<Writing, string>>>>> = {
  stream: { add: 'AddStreamEntry', change: 'UpdateStreamEntry', delete: 'DeleteStreamEntry' },
  table: { add: 'AddDataTableEntry', change: 'UpdateDataTableEntry', delete: 'DeleteDataTableEntryByKey' },
  values: { delete: 'DeleteStreamEntry' },
  history: {},
};

/** The service that does it; empty where there is none. */
export const writer = (source: DataSource, writing: Writing): string => services[source.kind][writing] ?? '';

/** Adds an entry. `own` are its source, tags and, in a stream, its time. */
export async function addEntry(source: DataSource, fields: readonly FieldDefinition[], values: Row, own: Row): Promise<void> {
  const args = { values: tableValue(fields, [values]), ...definedOnly(own) };
  await invoke('Things', source.thing, writer(source, 'add'), args);
}

/** Changes fields of an entry; what has no value any more is cleared. */
export async function changeEntry(source: DataSource, fields: readonly FieldDefinition[], before: Row, after: Row): Promise<void> {
  const changed = fields.filter(field => JSON.stringify(before[field.name]) !== JSON.stringify(after[field.name]));
  if (changed.length === 0) return;
  const keys = source.kind === 'table' ? fields.filter(isKey) : [];
  const sent = [...keys.filter(field => !changed.includes(field)), ...changed];
  const values: Record<string, Json> = Object.fromEntries(sent.map(field => [field.name, after[field.name] ?? null]));
  // Where no field is the key, the entry is named by a column of that name.
  const key: FieldDefinition | undefined = source.kind === 'table' && keys.length === 0 ? { name: 'key', baseType: 'STRING', description: '', ordinal: 0, aspects: {} } : undefined;
  const table = tableValue(key ? [...sent, key] : sent, [key ? { ...values, key: text(before, 'key') } : values]);
  if (source.kind === 'stream') await invoke('Things', source.thing, writer(source, 'change'), { streamEntryId: text(before, 'id'), values: table, tags: formatTags(tags(before, 'tags')) || undefined });
  else await invoke('Things', source.thing, writer(source, 'change'), { values: table });
}

/** Deletes an entry. */
export async function deleteEntry(source: DataSource, row: Row): Promise<void> {
  const named = { stream: { streamEntryId: text(row, 'id') }, table: { key: text(row, 'key') }, values: { id: text(row, 'id') }, history: undefined }[source.kind];
  if (named) await invoke('Things', source.thing, writer(source, 'delete'), named);
}

/** Whether a field is part of an entry's key. */
export const isKey = (field: FieldDefinition): boolean => field.aspects['isPrimaryKey'] === true;

const definedOnly = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined && value !== ''));
