import { Button, Input } from '@fluentui/react-components';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError } from '../../api/client';
import type { Json } from '../../api/infotable';
import type { Fields } from '../../app/draft';
import { useDrafts } from '../../app/drafts';
import { entityKey } from '../../app/entityDraft';
import { refreshLists } from '../../app/entityEvents';
import { useDocuments } from '../../frame/documents';
import { useShortcut } from '../../frame/shortcuts';
import { tell } from '../../frame/status';
import { ErrorBar, sentenceOf } from '../../parts/ErrorBar';
import { Facts } from '../../parts/Facts';
import { FormField } from '../../parts/FormField';
import { PageHead } from '../../parts/PageHead';
import { Picker } from '../../parts/Picker';
import { kindById, kindTexts, type Kind } from '../../registry';
import { texts } from '../../texts';
import { fieldsOf } from '../entity/general/fields';
import { GeneralFieldEditor } from '../entity/general/GeneralFieldEditor';
import css from '../entity/general/GeneralTab.module.css';
import { make, newFieldsOf } from './making';

const users = kindById('Users') as Kind;

/** General Information of an entity that is not there yet. What is filled in is a draft; Save makes the entity. */
export function CreateForm({ kind, template }: { kind: Kind; template: string }) {
  const words = kindTexts(kind);
  const navigate = useNavigate();
  const document = `/new/${kind.id}`;
  const drafts = useDrafts();
  const blank: Fields = { name: '', enabled: true };
  const values: Fields = { ...blank, ...drafts.byDocument[document]?.mine };
  const [secrets, setSecrets] = useState<Readonly<Record<string, string>>>({});
  const [error, setError] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const name = typeof values['name'] === 'string' ? values['name'].trim() : '';
  const extra = newFieldsOf(kind);
  const canSave = !isBusy && name !== '' && extra.every(field => (field.editor === 'password' ? secrets[field.id] : values[field.id]));
  const set = (field: string, value: Json) => {
    setError(undefined);
    drafts.edit(document, blank, field, value);
  };

  const leave = (to: string) => {
    drafts.discard(document);
    useDocuments.getState().close(document);
    void navigate(to);
  };
  const save = async () => {
    setIsBusy(true);
    try {
      const more = Object.fromEntries(extra.map(field => [field.id, field.editor === 'password' ? secrets[field.id] ?? '' : values[field.id] ?? '']));
      const wrong = await make(kind, template || String(values['base'] ?? ''), name, values, more);
      refreshLists(kind.collection);
      // What could not be set stays as a draft of the entity, which is there now.
      for (const field of Object.keys(wrong)) drafts.edit(entityKey(kind.collection, name), {}, `general.${field}`, values[field] ?? null);
      tell(Object.keys(wrong).length === 0 ? texts.create.made(name) : texts.create.partlyMade(name, Object.values(wrong)));
      leave(entityKey(kind.collection, name));
    } catch (failure) {
      setError(failure);
      setIsBusy(false);
    }
  };
  useShortcut({ keys: 'Ctrl+S', does: texts.actions.save, inFields: true }, () => { if (canSave) void save(); });

  const isTaken = error instanceof ApiError && error.status === 409;
  return (
    <>
      <PageHead icon={kind.icon} title={texts.create.title(words.one)} hint={template || words.hint}>
        <Button appearance="primary" disabled={!canSave} onClick={() => void save()}>{texts.actions.save}</Button>
        <Button onClick={() => leave(`/browse/${kind.id}`)}>{texts.actions.cancel}</Button>
      </PageHead>
      {!isTaken && <ErrorBar error={error} />}
      <div className={css.page} style={{ overflow: 'auto' }}>
        <form className={css.form} onSubmit={event => event.preventDefault()}>
          <FormField label={texts.entity.name} isRequired error={isTaken ? sentenceOf(error) : undefined} hint={texts.create.nameHint}>
            <Input autoFocus value={String(values['name'] ?? '')} onChange={(_, data) => set('name', data.value)} />
          </FormField>
          {extra.map(field => (
            <FormField key={field.id} label={texts.create.fields[field.id] ?? field.id} isRequired>
              {field.editor === 'password'
                ? <Input type="password" autoComplete="new-password" value={secrets[field.id] ?? ''} onChange={(_, data) => setSecrets({ ...secrets, [field.id]: data.value })} />
                : <Picker kind={users} value={String(values[field.id] ?? '')} onChange={value => set(field.id, value)} />}
            </FormField>
          ))}
          {fieldsOf(kind, template).map(field => <GeneralFieldEditor key={field.id} field={field} value={values[field.id] ?? null} onChange={value => set(field.id, value)} />)}
          {kind.id === 'ThingTemplates' && <FormField label={texts.general.baseTemplate}><Picker kind={kind} value={String(values['base'] ?? '')} onChange={value => set('base', value)} /></FormField>}
        </form>
        {template !== '' && <aside className={css.facts} aria-label={texts.general.facts}><Facts facts={[[texts.general.template, template]]} /></aside>}
      </div>
    </>
  );
}
