import { ApiError } from '../../../api/client';
import { deleteConfigurationRows, readConfigurationTable, readConfigurationTables, setConfigurationRows, setConfigurationTable, type ConfigurationTable } from '../../../api/configuration';
import type { EntityDocument } from '../../../api/entities';
import type { Json, Row } from '../../../api/infotable';
import type { FieldErrors, Fields } from '../../../app/draft';
import { entityKey } from '../../../app/entityDraft';
import { saveEach } from '../../../app/saving';
import { forgetSecrets, secretOf, typedSecret } from '../../../app/secrets';
import { texts } from '../../../texts';
import { parseName } from './names';

/** Saves the changed tables, each in one go: of a table either everything is saved or nothing. */
export async function saveConfiguration(entity: EntityDocument, changes: Fields): Promise<FieldErrors> {
  const document = entityKey(entity.kind, entity.name);
  const tables = await readConfigurationTables(entity.kind, entity.name);
  const names = Object.keys(changes);
  const errors: Record<string, string> = {};
  for (const table of tables) {
    const own = names.filter(field => parseName(field).table === table.name);
    if (own.length === 0) continue;
    const refused = await saveEach([[table.name, () => saveTable(entity, document, table, Object.fromEntries(own.map(field => [field, changes[field] ?? null])))]]);
    const sentence = refused[table.name];
    if (sentence !== undefined) errors[guilty(sentence, own)] = sentence;
    // What was not saved of the table stays edited, without a sentence of its own.
    if (sentence !== undefined) for (const field of own) errors[field] ??= texts.configuration.notSaved;
  }
  if (Object.keys(errors).length === 0) forgetSecrets(document);
  return errors;
}

async function saveTable(entity: EntityDocument, document: string, table: ConfigurationTable, changes: Fields): Promise<void> {
  if (!table.isMultiRow) {
    const now = (await readConfigurationTable(entity.kind, entity.name, table.name)).rows[0] ?? {};
    const settings = Object.fromEntries(Object.entries(changes).map(([field, value]) => {
      const name = parseName(field);
      return ['setting' in name ? name.setting : '', value === typedSecret ? secret(document, field) : value];
    }));
    await setConfigurationTable(entity.kind, entity.name, table, [{ ...now, ...settings }]);
    return;
  }
  if (table.key === undefined) {
    await setConfigurationTable(entity.kind, entity.name, table, (changes[table.name] ?? []) as Row[]);
    return;
  }
  const rows = Object.entries(changes).map(([field, value]) => [field, parseName(field), value] as const);
  const set = rows.filter(([, , value]) => value !== null).map(([field, , value]) => withSecrets(document, field, value as Record<string, Json>));
  const gone = rows.flatMap(([, name, value]) => (value === null && 'row' in name ? [name.row] : []));
  if (gone.length > 0) await deleteConfigurationRows(entity.kind, entity.name, table, gone);
  if (set.length > 0) await setConfigurationRows(entity.kind, entity.name, table, set);
}

const withSecrets = (document: string, field: string, row: Record<string, Json>): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === typedSecret ? secret(document, `${field}/${name}`) : value]));

function secret(document: string, field: string): string {
  const value = secretOf(document, field);
  // 400: whoever typed it can mend it at the field.
  if (value === undefined) throw new ApiError(400, texts.configuration.secretLost);
  return value;
}

// The field that the sentence speaks of: its setting or its row is named in it.
const guilty = (sentence: string, fields: readonly string[]): string =>
  fields.find(field => {
    const name = parseName(field);
    return 'setting' in name ? sentence.includes(name.setting) : 'row' in name && sentence.includes(`[${name.row}]`);
  }) ?? fields[0] ?? '';
