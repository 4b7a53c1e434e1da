import { Link } from 'react-router';
import { text } from '../../../api/infotable';
import { invoke } from '../../../api/services';
import { lineageOf, useTemplateBases } from '../../../api/templates';
import { useEntityDraft } from '../../../app/entityDraft';
import { saveEach } from '../../../app/saving';
import { Facts } from '../../../parts/Facts';
import { formatTime } from '../../../parts/format';
import type { DraftPart, EntityTabProps } from '../../../registry';
import { texts } from '../../../texts';
import { fieldsOf, generalFields } from './fields';
import { GeneralFieldEditor } from './GeneralFieldEditor';
import css from './GeneralTab.module.css';

/** What every entity has: description, project, tags, and what its kind adds. */
export default function GeneralTab({ kind, entity }: EntityTabProps) {
  const draft = useEntityDraft();
  const template = text(entity.all, 'thingTemplate');
  const bases = useTemplateBases(template !== '');
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
            [texts.general.owner, parentLink('Users', entity.owner)],
            [texts.general.modified, formatTime(entity.lastModified)],
            [texts.general.homeMashup, text(entity.all, 'homeMashup')],
          ]}
        />
        {entity.documentationContent !== '' && <section className={css.documentation}><h2>{texts.general.documentation}</h2><p>{entity.documentationContent}</p></section>}
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
