import { defaultOf, labelOf, type ConfigurationTable } from '../../../api/configuration';
import type { EntityDocument } from '../../../api/entities';
import { entityKey, useEntityDraft } from '../../../app/entityDraft';
import { keepSecret, secretOf, storedSecret, typedSecret } from '../../../app/secrets';
import { FormField } from '../../../parts/FormField';
import { texts } from '../../../texts';
import css from './ConfigurationTab.module.css';
import { settingName } from './names';
import { isWide, SettingInput } from './SettingInput';

/** A table of one row: a field for each of its settings. */
export function SettingsSection({ entity, table }: { entity: EntityDocument; table: ConfigurationTable }) {
  const draft = useEntityDraft();
  const document = entityKey(entity.kind, entity.name);
  const title = texts.subscriber.tables[table.name] ?? (table.description || table.name);
  return (
    <section aria-label={title}>
      <h2>{title}</h2>
      <div className={css.settings}>
        {table.fields.map(field => {
          const name = settingName(table.name, field.name);
          const isSecret = field.baseType === 'PASSWORD';
          const value = draft.values[name] ?? defaultOf(field);
          const label = labelOf(field);
          const hint = field.description.startsWith(label) ? field.description.slice(label.length).replace(/^[:\s]+/, '') : field.description;
          return (
            <div key={name} data-wide={isWide(field) || undefined}>
              <FormField label={label} hint={isSecret && value === storedSecret ? texts.configuration.secretSet : hint || undefined} error={draft.errors[name]} isChanged={draft.isChanged(name)}>
                <SettingInput
                  field={field} value={isSecret ? (value === typedSecret ? secretOf(document, name) ?? '' : '') : value} isReadOnly={draft.readOnly !== undefined}
                  onChange={next => {
                    if (isSecret) keepSecret(document, name, String(next ?? ''));
                    draft.set(name, isSecret ? (next === '' ? draft.saved[name] ?? null : typedSecret) : next);
                  }}
                />
              </FormField>
            </div>
          );
        })}
      </div>
    </section>
  );
}
