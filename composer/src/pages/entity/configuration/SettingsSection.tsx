import { defaultOf, labelOf, type ConfigurationTable } from '../../../api/configuration';
import type { EntityDocument } from '../../../api/entities';
import type { FieldDefinition } from '../../../api/infotable';
import { entityKey, useEntityDraft } from '../../../app/entityDraft';
import { keepSecret, secretOf, storedSecret, typedSecret } from '../../../app/secrets';
import { texts } from '../../../texts';
import css from './ConfigurationTab.module.css';
import { settingName } from './names';
import { isWide, SettingField } from './SettingField';

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
          const hint = hintOf(field, label);
          return (
            <div key={name} data-wide={isWide(field) || undefined}>
              <SettingField
                field={field} label={label} hint={isSecret && value === storedSecret ? texts.configuration.secretSet : hint || undefined} error={draft.errors[name]} isChanged={draft.isChanged(name)}
                value={isSecret ? (value === typedSecret ? secretOf(document, name) ?? '' : '') : value} isReadOnly={draft.readOnly !== undefined}
                onChange={next => {
                  const secret = String(next ?? '');
                  if (isSecret) keepSecret(document, name, secret);
                  draft.set(name, isSecret ? (secret === '' ? draft.saved[name] ?? null : typedSecret) : next);
                }}
              />
            </div>
          );
        })}
      </div>
    </section>
  );
}

// Descriptions of the platform's own settings begin with the name, which stands above already.
function hintOf({ description }: FieldDefinition, label: string): string {
  const rest = description.startsWith(label) ? description.slice(label.length).replace(/^[:\s]+/, '') : description;
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
