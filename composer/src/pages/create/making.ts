import type { Json } from '../../api/infotable';
import { invoke } from '../../api/services';
import type { FieldErrors, Fields } from '../../app/draft';
import { sentenceOf } from '../../parts/ErrorBar';
import type { Kind } from '../../registry';
import { fieldsOf } from '../entity/general/fields';

/** What only a new entity is asked. A secret is not kept in a draft. */
export interface NewField { readonly id: string; readonly editor: 'user' | 'password' }

/** What a kind is asked when it is made, beside name and General Information. */
export const newFieldsOf = (kind: Kind): readonly NewField[] => ({ Users: [{ id: 'password', editor: 'password' }] as const, ApplicationKeys: [{ id: 'user', editor: 'user' }] as const })[kind.id] ?? [];

// What the Create services take themselves; everything else is set afterwards.
const inCreate = ['description', 'projectName', 'tags'];

/**
 * Makes an entity and sets what is filled in.
 * @returns what could not be set afterwards, by field; the entity is there then.
 * @throws ApiError when it could not be made.
 */
export async function make(kind: Kind, template: string, name: string, fields: Fields, extra: Fields): Promise<FieldErrors> {
  const given = Object.fromEntries(Object.entries(fields).filter(([id, value]) => inCreate.includes(id) && value !== ''));
  const parent: Record<string, Json> = template === '' ? {} : kind.collection === 'Things' ? { thingTemplateName: template } : { baseThingTemplateName: template };
  await invoke('Resources', 'EntityServices', kind.making?.create ?? '', { name, ...parent, ...given, ...extra });
  const errors: Record<string, string> = {};
  for (const field of fieldsOf(kind, template).filter(one => !inCreate.includes(one.id))) {
    const value = fields[field.id] ?? '';
    if (value === '' || value === false) continue;
    const [service, args] = field.save(value);
    await invoke(kind.collection, name, service, args).catch((error: unknown) => { errors[field.id] = sentenceOf(error); });
  }
  return errors;
}
