import { Button } from '@fluentui/react-components';
import { useState } from 'react';
import { defaultOf, labelOf, type ConfigurationTable } from '../../../api/configuration';
import type { EntityDocument } from '../../../api/entities';
import type { Json, Row } from '../../../api/infotable';
import { text } from '../../../api/infotable';
import { entityKey, useEntityDraft } from '../../../app/entityDraft';
import { keepSecret, storedSecret, typedSecret } from '../../../app/secrets';
import { usePanelDraft } from '../../../app/panelDraft';
import { SidePanel } from '../../../parts/SidePanel';
import { texts } from '../../../texts';
import css from './ConfigurationTab.module.css';
import { rowName } from './names';
import { SettingField } from './SettingField';

/** What a panel of a row gets: the row's name, or `new`. */
export interface RowPanelProperties { entity: EntityDocument; table: ConfigurationTable; row: string; onClose: () => void }

/** Adds or edits a row of any table. It becomes part of the draft; Save of the page saves it. */
export function RowPanel({ entity, table, row: name, onClose }: RowPanelProperties) {
  const draft = useEntityDraft();
  const document = entityKey(entity.kind, entity.name);
  const isNew = name === 'new';
  const hasNames = table.key !== undefined;
  const all = (draft.values[table.name] ?? []) as Row[];
  const before = (isNew ? undefined : hasNames ? draft.values[rowName(table.name, name)] : all[Number(name)]) as Row | undefined;
  const [secrets, setSecrets] = useState<Readonly<Record<string, string>>>({});
  const typed = usePanelDraft(
    `${document}/${table.name}/${name}`, () => Object.fromEntries(table.fields.map(field => [field.name, before?.[field.name] ?? (before ? null : defaultOf(field))])),
    Object.values(secrets).some(secret => secret !== ''),
  );
  const row = typed.values as Record<string, Json>;
  const close = () => typed.leave(onClose);
  const key = table.key === undefined ? '' : text(row, table.key).trim();
  const fault = !hasNames ? undefined : key === '' ? texts.configuration.missing(table.key ?? '') : isNew && draft.values[rowName(table.name, key)] ? texts.configuration.taken(key) : undefined;

  const take = () => {
    const values = { ...row, ...Object.fromEntries(Object.keys(secrets).map(field => [field, typedSecret])), ...(table.key === undefined ? {} : { [table.key]: key }) };
    if (hasNames) {
      const field = rowName(table.name, key);
      for (const [one, secret] of Object.entries(secrets)) keepSecret(document, `${field}/${one}`, secret);
      draft.set(field, values);
    } else draft.set(table.name, (isNew ? [...all, values] : all.map((one, index) => (index === Number(name) ? values : one))) as Json);
    typed.forget();
    onClose();
  };
  const title = isNew ? texts.configuration.addRow : texts.configuration.editRow(hasNames ? name : '');
  return (
    <SidePanel
      title={title} label={title} onClose={close}
      foot={<><span className="hint">{texts.configuration.savedWithTable}</span><div className="grow" /><Button appearance="primary" disabled={fault !== undefined || draft.readOnly !== undefined} onClick={take}>{isNew ? texts.configuration.add : texts.configuration.take}</Button><Button onClick={close}>{texts.actions.cancel}</Button></>}
    >
      <div className={css.form} data-first>
        {table.fields.map(field => {
          const isSecret = field.baseType === 'PASSWORD';
          return (
            <SettingField
              key={field.name} field={field} label={labelOf(field)} isRequired={field.name === table.key} error={field.name === table.key && key !== '' ? fault : undefined}
              hint={isSecret && row[field.name] === storedSecret ? texts.configuration.secretSet : field.description === labelOf(field) ? undefined : field.description}
              value={isSecret ? secrets[field.name] ?? '' : row[field.name] ?? null} isReadOnly={!isNew && field.name === table.key}
              onChange={value => (isSecret ? setSecrets({ ...secrets, [field.name]: String(value ?? '') }) : typed.set({ ...row, [field.name]: value }))}
            />
          );
        })}
      </div>
    </SidePanel>
  );
}
