import { Button, Input } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError } from '../../api/client';
import type { Json } from '../../api/infotable';
import { lineageOf, useTemplateBases } from '../../api/templates';
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
import { isRemoteTemplate, kindTexts, type Kind, type NewPanelProperties } from '../../registry';
import { texts } from '../../texts';
import { fieldsOf } from '../entity/general/fields';
import { GeneralFieldEditor } from '../entity/general/GeneralFieldEditor';
import css from '../entity/general/GeneralTab.module.css';
import { make } from './making';
import { newDocument } from './newDocument';
import { IdentifierCheck } from './offers/IdentifierCheck';
import { newPartOf, type Secrets } from './parts';

interface Properties {
  kind: Kind;
  /** What a Thing is made of; empty for other kinds. */
  template: string;
  /** Where it stands in a panel. */
  panel?: Pick<NewPanelProperties, 'id' | 'isOnTop' | 'onDone'>;
}

const blank: Fields = { name: '', enabled: true };

/** General Information of an entity that is not there yet, and what its kind is asked. What is filled in is a draft; Save makes the entity. */
export function CreateForm({ kind, template, panel }: Properties) {
  const words = kindTexts(kind);
  const navigate = useNavigate();
  const isPanel = panel !== undefined;
  const document = newDocument(kind, panel?.id);
  const drafts = useDrafts();
  const bases = useTemplateBases(template !== '');
  const values: Fields = { ...blank, ...drafts.byDocument[document]?.mine };
  const [secrets, setSecrets] = useState<Secrets>({});
  const [error, setError] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const [made, setMade] = useState<string | undefined>();

  const part = newPartOf(kind);
  const lineage = lineageOf(template, bases.data);
  const name = typeof values['name'] === 'string' ? values['name'].trim() : '';
  const wrongSign = /[/?*\\#]/.exec(name)?.[0];
  const faults = part?.faults(values, secrets) ?? {};
  const canSave = !isBusy && name !== '' && wrongSign === undefined && Object.keys(faults).length === 0;
  const set = (field: string, value: Json) => {
    setError(undefined);
    drafts.edit(document, blank, field, value);
  };
  // The draft of a panel ends with it, also when the panel is closed from outside.
  const { discard } = drafts;
  useEffect(() => (isPanel ? () => discard(document) : undefined), [isPanel, discard, document]);

  const leave = (to: string, result: string | undefined) => {
    drafts.discard(document);
    if (panel) {
      panel.onDone(result);
      return;
    }
    useDocuments.getState().close(document);
    void navigate(to);
  };
  const save = async () => {
    setIsBusy(true);
    try {
      const wrong = await make({ kind, lineage, name, values, secrets, part });
      refreshLists(kind.collection);
      // What could not be set stays as a draft of the entity, which is there now.
      for (const field of fieldsOf(kind, lineage).filter(one => one.id in wrong)) drafts.edit(entityKey(kind.collection, name), {}, `general.${field.id}`, values[field.id] ?? null);
      tell(Object.keys(wrong).length === 0 ? texts.create.made(name) : texts.create.partlyMade(name, Object.values(wrong)));
      if (part?.Last) setMade(name);
      else leave(entityKey(kind.collection, name), name);
    } catch (failure) {
      setError(failure);
      setIsBusy(false);
    }
  };
  useShortcut({ keys: 'Ctrl+S', does: texts.actions.save, inFields: true, isOff: panel?.isOnTop === false }, () => { if (canSave) void save(); });

  const isTaken = error instanceof ApiError && error.status === 409;
  return (
    <>
      <PageHead icon={kind.icon} title={texts.create.title(words.one)} hint={template || words.hint}>
        <Button appearance="primary" disabled={!canSave} onClick={() => void save()}>{texts.actions.save}</Button>
        <Button onClick={() => leave(`/browse/${kind.id}`, undefined)}>{texts.actions.cancel}</Button>
      </PageHead>
      {!isTaken && <ErrorBar error={error} />}
      <div className={css.page} style={{ overflow: 'auto', ...(isPanel ? { gridTemplateColumns: 'minmax(0, 1fr)' } : {}) }}>
        <form className={css.form} onSubmit={event => event.preventDefault()} autoComplete="off">
          <FormField label={texts.entity.name} isRequired error={isTaken ? sentenceOf(error) : wrongSign === undefined ? undefined : texts.create.nameSign(wrongSign)} hint={texts.create.nameHint}>
            <Input autoFocus value={String(values['name'] ?? '')} onChange={(_, data) => set('name', data.value)} />
          </FormField>
          {fieldsOf(kind, lineage).filter(field => !field.isForLater).map(field => (
            <div key={field.id}>
              <GeneralFieldEditor field={field} value={values[field.id] ?? null} onChange={value => set(field.id, value)} />
              {field.id === 'identifier' && (
                <IdentifierCheck
                  template={template} identifier={String(values['identifier'] ?? '')}
                  onChoose={isPanel || !lineage.some(isRemoteTemplate) ? undefined : () => void navigate(`/new/${kind.id}?choose=${encodeURIComponent(template)}`, { replace: true })}
                />
              )}
            </div>
          ))}
          {part && <part.Fields values={values} secrets={secrets} errors={faults} set={set} setSecret={(field, value) => setSecrets(now => ({ ...now, [field]: value }))} />}
        </form>
        {template !== '' && !isPanel && <aside className={css.facts} aria-label={texts.general.facts}><Facts facts={[[texts.general.template, template]]} /></aside>}
      </div>
      {made !== undefined && part?.Last && <part.Last name={made} onDone={() => leave(entityKey(kind.collection, made), made)} />}
    </>
  );
}
