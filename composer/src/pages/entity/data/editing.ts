import { formatTags, tags, text, type FieldDefinition, type Json, type Row } from '../../../api/infotable';
import { invoke } from '../../../api/services';
import { tableValue } from '../../../parts/values/tables';
import type { DataSource } from './sources';

/** Which entries of a source can be made, changed and deleted by a person. */
export const canEdit = ({ kind }: DataSource): boolean => kind === 'stream' || kind === 'table';
export const canDelete = ({ kind }: DataSource): boolean => kind !== 'history';

/** Adds an entry. `own` are its source, tags and, in a stream, its time. */
export async function addEntry(source: DataSource, fields: readonly FieldDefinition[], values: Row, own: Row): Promise<void> {
  const args = { values: tableValue(fields, [values]), ...definedOnly(own) };
  await invoke('Things', source.thing, source.kind === 'stream' ? 'AddStreamEntry' : 'AddDataTableEntry', args);
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
  if (source.kind === 'stream') await invoke('Things', source.thing, 'UpdateStreamEntry', { streamEntryId: text(before, 'id'), values: table, tags: formatTags(tags(before, 'tags')) || undefined });
  else await invoke('Things', source.thing, 'UpdateDataTableEntry', { values: table });
}

/** Deletes an entry. */
export async function deleteEntry(source: DataSource, row: Row): Promise<void> {
  switch (source.kind) {
    case 'stream': return void await invoke('Things', source.thing, 'DeleteStreamEntry', { streamEntryId: text(row, 'id') });
    case 'table': return void await invoke('Things', source.thing, 'DeleteDataTableEntryByKey', { key: text(row, 'key') });
    case 'values': return void await invoke('Things', source.thing, 'DeleteStreamEntry', { id: text(row, 'id') });
    case 'history': return undefined;
  }
}

/** Whether a field is part of an entry's key. */
export const isKey = (field: FieldDefinition): boolean => field.aspects['isPrimaryKey'] === true;

const definedOnly = (row: Row): Row => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined && value !== ''));
