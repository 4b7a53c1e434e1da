import { labelOf, type ConfigurationTable } from '../../../api/configuration';
import { isObject, type Json } from '../../../api/infotable';
import { same } from '../../../app/draft';
import { useEntityDraft } from '../../../app/entityDraft';
import { typedSecret } from '../../../app/secrets';
import { texts } from '../../../texts';
import { UnsavedList } from '../UnsavedList';
import css from './ConfigurationTab.module.css';
import { labelOfName } from './labels';
import { parseName } from './names';

/** What is edited and not saved, in the words of the tables. */
export function ConfigurationUnsaved({ tables }: { tables: readonly ConfigurationTable[] }) {
  const draft = useEntityDraft();
  const changes = Object.keys(draft.values).filter(draft.isChanged).map(field => {
    const name = parseName(field);
    const table = tables.find(one => one.name === name.table);
    const [from, to] = [draft.saved[field] ?? null, draft.values[field] ?? null];
    if ('setting' in name) {
      const setting = table?.fields.find(one => one.name === name.setting);
      return { tab: 'configuration', field, label: setting ? labelOf(setting) : name.setting, from: to === typedSecret ? null : from, to: to === typedSecret ? texts.configuration.typed : to };
    }
    return { tab: 'configuration', field, label: labelOfName(field), from: undefined, to: wordsOf(table, from, to) };
  });
  return <div className={css.unsaved}><UnsavedList changes={changes} /></div>;
}

function wordsOf(table: ConfigurationTable | undefined, from: Json, to: Json): string {
  if (from === null) return texts.configuration.added;
  if (to === null) return texts.configuration.removed;
  if (!isObject(from) || !isObject(to)) return texts.configuration.changed([table?.description ?? '']);
  return texts.configuration.changed((table?.fields ?? []).filter(field => !same(from[field.name] as Json | undefined ?? null, to[field.name] as Json | undefined ?? null)).map(labelOf));
}
