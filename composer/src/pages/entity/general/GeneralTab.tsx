import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { resultOf, text } from '../../../api/infotable';
import { invoke } from '../../../api/services';
import { lineageOf, useTemplateBases } from '../../../api/templates';
import { useEntityDraft } from '../../../app/entityDraft';
import { keys } from '../../../app/queries';
import { saveEach } from '../../../app/saving';
import { Facts } from '../../../parts/Facts';
import { formatTime } from '../../../parts/format';
import { isRemoteTemplate, type DraftPart, type EntityTabProps } from '../../../registry';
import { texts } from '../../../texts';
import { fieldsOf, generalFields } from './fields';
import { GeneralFieldEditor } from './GeneralFieldEditor';
import css from './GeneralTab.module.css';

/** What every entity has: description, project, tags, and what its kind adds. */
export default function GeneralTab({ kind, entity }: EntityTabProps) {
  const draft = useEntityDraft();
  const template = text(entity.all, 'thingTemplate');
  const bases = useTemplateBases(template !== '');
  const keepsRows = kind.templates !== undefined && !lineageOf(template, bases.data).some(isRemoteTemplate);
  const provider = useQuery({
    queryKey: [...keys.entity(entity.kind, entity.name), 'persistenceProvider'], enabled: keepsRows && bases.isSuccess,
    queryFn: async ({ signal }) => String(resultOf(await invoke(entity.kind, entity.name, 'GetPersistenceProvider', {}, signal)) ?? ''),
  });
  return (
    <div className={css.page}>
      <form className={css.form} onSubmit={event => event.preventDefault()}>
        {fieldsOf(kind, lineageOf(template, bases.data)).map(field => (
          <GeneralFieldEditor
            key={field.id} field={field} value={draft.values[field.id] ?? null} error={draft.errors[field.id]} isChanged={draft.isChanged(field.id)} isReadOnly={draft.readOnly !== undefined}
            onChange={value => draft.set(field.id, value)}
          />
        ))}
      </form>
      <aside className={css.facts} aria-label={texts.general.facts}>
        <Facts
          facts={[
            [texts.general.template, template && <Link to={`/ThingTemplates/${encodeURIComponent(template)}`}>{template}</Link>],
            [texts.general.baseTemplate, parentLink('ThingTemplates', text(entity.all, 'baseThingTemplate'))],
            [texts.general.baseShape, parentLink('DataShapes', text(entity.all, 'baseDataShape'))],
            [texts.general.persistenceProvider, provider.data],
            [texts.general.owner, parentLink('Users', entity.owner)],
            [texts.general.modified, formatTime(entity.lastModified)],
            [texts.general.homeMashup, text(entity.all, 'homeMashup')],
          ]}
        />
      </aside>
    </div>
  );
}

/** Each field is saved by its own service. */
export const draft: DraftPart = {
  read: (entity, kind) => Object.fromEntries(fieldsOf(kind).map(field => [field.id, field.read(entity)])),
  label: id => generalFields.find(field => field.id === id)?.label ?? id,
  save: (entity, changes) => saveEach(generalFields.filter(field => field.id in changes).map(field => {
    const [service, args] = field.save(changes[field.id] ?? null);
    return [field.id, () => invoke(entity.kind, entity.name, service, args)] as const;
  })),
};

const parentLink = (collection: string, name: string) => name && <Link to={`/${collection}/${encodeURIComponent(name)}`}>{name}</Link>;
