import { invoke, type Arguments } from '../../api/services';
import type { FieldErrors, Fields } from '../../app/draft';
import { sentenceOf } from '../../parts/ErrorBar';
import type { Kind } from '../../registry';
import { fieldsOf } from '../entity/general/fields';
import type { NewPart, Secrets } from './parts';

// What the Create services take themselves; everything else is set afterwards.
const inCreate = ['description', 'projectName', 'tags'];

/** What is to be made. */
export interface Making {
  readonly kind: Kind;
  /** What a Thing is made of, nearest first; empty for other kinds. */
  readonly lineage: readonly string[];
  readonly name: string;
  readonly values: Fields;
  readonly secrets: Secrets;
  readonly part: NewPart | undefined;
}

/**
 * Makes an entity and sets what is filled in.
 * @returns what could not be set afterwards, by field; the entity is there then.
 * @throws ApiError when it could not be made.
 */
export async function make({ kind, lineage, name, values, secrets, part }: Making): Promise<FieldErrors> {
  const given = Object.fromEntries(Object.entries(values).filter(([id, value]) => inCreate.includes(id) && value !== '')) as Arguments;
  const parent: Arguments = kind.collection === 'Things' ? { thingTemplateName: lineage[0] } : {};
  await invoke('Resources', 'EntityServices', kind.making?.create ?? '', { name, ...parent, ...given, ...part?.args(values, secrets) });

  const errors: Record<string, string> = {};
  const attempt = (field: string, run: () => Promise<unknown>) => run().catch((error: unknown) => { errors[field] = sentenceOf(error); });
  for (const field of fieldsOf(kind, lineage).filter(one => !inCreate.includes(one.id))) {
    const value = values[field.id] ?? '';
    if (value === '' || value === false) continue;
    const [service, args] = field.save(value);
    await attempt(field.id, () => invoke(kind.collection, name, service, args));
  }
  for (const [field, run] of part?.after?.(name, values) ?? []) await attempt(field, run);
  return errors;
}
