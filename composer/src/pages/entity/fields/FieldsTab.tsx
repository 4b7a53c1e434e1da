import { invoke } from '../../../api/services';
import { useEntityDraft } from '../../../app/entityDraft';
import { saveEach } from '../../../app/saving';
import { faultsOf, fieldsOfDocument, readFields, writeFields, type EditedField } from '../../../parts/fields/fields';
import { FieldsEditor } from '../../../parts/fields/FieldsEditor';
import type { DraftPart } from '../../../registry';
import { texts } from '../../../texts';

const field = 'fields';

/** The fields of a Data Shape. */
export default function FieldsTab() {
  const draft = useEntityDraft();
  const saved = new Set(readFields(draft.saved[field]).map(one => one.name));
  return (
    <div style={{ padding: '16px 20px' }}>
      {draft.errors[field] && <div role="alert" style={{ color: 'var(--s-down-fg)', marginBottom: 8 }}>{draft.errors[field]}</div>}
      <FieldsEditor fields={readFields(draft.values[field])} isReadOnly={draft.readOnly !== undefined} fixed={saved} onChange={fields => draft.set(field, writeFields(fields))} />
    </div>
  );
}

/** Each field is saved by its own service; those that are the same are left alone. */
export const draft: DraftPart = {
  read: entity => ({ [field]: writeFields(fieldsOfDocument(entity.all['fields'])) }),
  label: () => texts.fields.title,
  save: async (entity, changes) => {
    const before = fieldsOfDocument(entity.all['fields']);
    const after = readFields(changes[field]).map(one => ({ ...one, name: one.name.trim() }));
    const fault = [...faultsOf(after, texts.fields).values()][0];
    if (fault !== undefined) return { [field]: fault };
    const call = (service: string, args: Record<string, string | number | boolean>) => invoke('DataShapes', entity.name, service, args);
    const argsOf = (one: EditedField, ordinal: number) => ({ name: one.name, description: one.description, type: one.baseType, ordinal, primaryKey: one.isPrimaryKey, dataShape: one.dataShape });
    return saveEach([[field, async () => {
      for (const gone of before.filter(one => !after.some(other => other.name === one.name))) await call('DeleteFieldDefinition', { name: gone.name });
      for (const [ordinal, one] of after.entries()) {
        const was = before.findIndex(other => other.name === one.name);
        if (was < 0) await call('AddFieldDefinition', argsOf(one, ordinal));
        else if (was !== ordinal || JSON.stringify(before[was]) !== JSON.stringify(one)) await call('UpdateFieldDefinition', argsOf(one, ordinal));
      }
    }]]);
  },
};
