import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { ApiError } from '../../api/client';
import type { EntityDocument } from '../../api/entities';
import { merge, without, type Conflict, type FieldErrors, type Fields } from '../../app/draft';
import { useDrafts } from '../../app/drafts';
import { entityKey, type EntityDraftContext } from '../../app/entityDraft';
import { keys } from '../../app/queries';
import { tell } from '../../frame/status';
import type { EntityTab, EntityTabModule, Kind } from '../../registry';
import { texts } from '../../texts';
import { showValue } from './showValue';

/** A field that is edited and not saved. */
export interface Change { readonly tab: string; readonly field: string; readonly label: string; readonly from: Fields[string] | undefined; readonly to: Fields[string] | undefined; readonly show?: (value: Fields[string] | undefined) => string }

/** What the entity page knows of its draft. */
export interface Editor {
  readonly module: EntityTabModule | undefined;
  readonly context: EntityDraftContext;
  readonly changes: readonly Change[];
  readonly conflicts: readonly Conflict[];
  readonly isSaving: boolean;
  /** Errors by `tab.field`. */
  readonly errors: FieldErrors;
  /** Why nothing could be saved, where it is no field's fault. */
  readonly failure: unknown;
  readonly save: () => Promise<FieldErrors | undefined>;
  readonly cancel: () => void;
  /** Gives up the conflicting fields for what is saved now, or keeps one's own over it. */
  readonly settle: (keep: 'theirs' | 'mine') => void;
}

/** The draft of an entity over all its tabs. In the store a field is called `tab.field`. */
export function useEditor(kind: Kind, entity: EntityDocument, tabs: readonly EntityTab[], tab: EntityTab, readOnly: string | undefined): Editor {
  const client = useQueryClient();
  const document = entityKey(entity.kind, entity.name);
  const drafts = useDrafts();
  const stored = drafts.byDocument[document];
  const [errors, setErrors] = useState<FieldErrors>({});
  const [failure, setFailure] = useState<unknown>();
  const [isSaving, setIsSaving] = useState(false);

  // The tab that shows, and those that have something edited.
  const touched = Object.keys(stored?.mine ?? {}).map(field => field.split('.')[0] ?? '');
  const needed = tabs.filter(one => one === tab || touched.includes(one.id));
  const modules = useQuery({
    queryKey: ['entityTabs', needed.map(one => one.id)],
    queryFn: async () => Object.fromEntries(await Promise.all(needed.map(async one => [one.id, await one.load()] as const))) as Record<string, EntityTabModule>,
    staleTime: Infinity, placeholderData: previous => previous, retry: false, throwOnError: true,
  }).data;

  const saved = useMemo(
    () => Object.assign({}, ...Object.entries(modules ?? {}).map(([id, module]) => prefixed(id, module.draft?.read(entity, kind) ?? {}))) as Fields,
    [modules, entity, kind],
  );
  const known = stored && modules && needed.every(one => one.id in modules);
  const { draft, conflicts } = useMemo(() => (known ? merge(stored, saved) : { draft: stored, conflicts: [] }), [known, stored, saved]);
  // A field that somebody else saved just so is not a change any more.
  useEffect(() => {
    if (known && draft !== stored && Object.keys(draft?.mine ?? {}).length !== Object.keys(stored.mine).length) drafts.replace(document, draft);
  }, [known, draft, stored, drafts, document]);

  const changes = Object.keys(draft?.mine ?? {}).map((name): Change => {
    const [id = '', field = ''] = split(name);
    return { tab: id, field, label: modules?.[id]?.draft?.label(field) ?? field, from: saved[name], to: draft?.mine[name], show: value => modules?.[id]?.draft?.show?.(field, value) ?? showValue(value) };
  });

  const save = async () => {
    if (!draft || !modules) return {};
    setIsSaving(true);
    setFailure(undefined);
    const failed: Record<string, string> = {};
    const done: string[] = [];
    let isThrough = true;
    for (const one of tabs) {
      const part = modules[one.id]?.draft;
      const mine = own(one.id, draft.mine);
      if (!part || Object.keys(mine).length === 0) continue;
      try {
        const wrong = await part.save(entity, mine);
        for (const field of Object.keys(mine)) {
          const sentence = wrong[field];
          if (sentence === undefined) done.push(`${one.id}.${field}`); else failed[`${one.id}.${field}`] = sentence;
        }
      } catch (error) {
        // Without a session the login asks; everything else is said above the page. What was saved before shows after the next read.
        if (!(error instanceof ApiError && error.status === 401)) setFailure(error);
        isThrough = false;
        break;
      }
    }
    const queryKey = keys.entity(entity.kind, entity.name);
    await client.invalidateQueries({ queryKey });
    // The draft goes when the page shows what was saved, not before; the news of it may have asked once more meanwhile.
    do await new Promise(resolve => setTimeout(resolve, 20)); while (client.isFetching({ queryKey, exact: true }) > 0);
    drafts.replace(document, without(draft, done));
    setErrors(failed);
    setIsSaving(false);
    const left = Object.keys(draft.mine).length - done.length;
    tell(left === 0 ? texts.entity.saved(entity.name) : texts.entity.notAllSaved(entity.name, left));
    if (Object.keys(failed).length > 0) requestAnimationFrame(() => globalThis.document.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
    return isThrough ? own(tab.id, failed) as FieldErrors : undefined;
  };
  const cancel = () => {
    setFailure(undefined);
    setErrors({});
    drafts.discard(document);
  };
  const settle = (keep: 'theirs' | 'mine') => {
    if (!draft) return;
    const fields = conflicts.map(conflict => conflict.field);
    if (keep === 'theirs') drafts.discard(document, fields);
    else drafts.replace(document, { ...draft, base: { ...draft.base, ...Object.fromEntries(fields.map(field => [field, saved[field] ?? null])) } });
  };

  const context: EntityDraftContext = {
    saved: own(tab.id, saved),
    values: { ...own(tab.id, saved), ...own(tab.id, draft?.mine ?? {}) },
    errors: own(tab.id, errors) as FieldErrors,
    conflicts: conflicts.flatMap(conflict => { const [id, field = ''] = split(conflict.field); return id === tab.id ? [{ ...conflict, field }] : []; }),
    isChanged: field => `${tab.id}.${field}` in (draft?.mine ?? {}),
    set: (field, value) => {
      const name = `${tab.id}.${field}`;
      if (name in errors) setErrors(({ [name]: _, ...rest }) => rest);
      drafts.edit(document, saved, name, value);
    },
    save,
    readOnly,
  };
  return { module: modules?.[tab.id], context, changes, conflicts, isSaving, errors, failure, save, cancel, settle };
}

const split = (name: string): [string, string] => [name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1)];

const prefixed = (tab: string, fields: Fields): Fields => Object.fromEntries(Object.entries(fields).map(([field, value]) => [`${tab}.${field}`, value]));

const own = (tab: string, fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => name.startsWith(`${tab}.`)).map(([name, value]) => [name.slice(tab.length + 1), value]));

