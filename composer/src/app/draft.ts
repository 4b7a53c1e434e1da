import type { Json } from '../api/infotable';

/** Values of fields by name. */
export type Fields = Readonly<Record<string, Json>>;

/** What is wrong, by field. */
export type FieldErrors = Readonly<Record<string, string>>;

/** What somebody has edited and not saved: what was there when editing began, and what shall be there. Only touched fields. */
export interface Draft {
  readonly base: Fields;
  readonly mine: Fields;
}

/** A field that two people changed. */
export interface Conflict {
  readonly field: string;
  readonly base: Json;
  readonly mine: Json;
  readonly theirs: Json;
}

/** Whether two values are the same, members in any order. */
export function same(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [a as Record<string, Json>, b as Record<string, Json>];
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every(name => name in right && same(left[name], right[name]));
}

/** Edits a field; a field set back to what is saved is no longer changed. Undefined when nothing is left. */
export function edit(draft: Draft | undefined, saved: Fields, field: string, value: Json): Draft | undefined {
  const base = draft?.base[field] ?? saved[field] ?? null;
  return same(value, saved[field] ?? null)
    ? without(draft, [field])
    : { base: { ...draft?.base, [field]: base }, mine: { ...draft?.mine, [field]: value } };
}

/** The draft without some fields; undefined when nothing is left. */
export function without(draft: Draft | undefined, fields: readonly string[]): Draft | undefined {
  if (!draft) return undefined;
  const keep = (all: Fields): Fields => Object.fromEntries(Object.entries(all).filter(([field]) => !fields.includes(field)));
  const mine = keep(draft.mine);
  return Object.keys(mine).length === 0 ? undefined : { base: keep(draft.base), mine };
}

/** Merges what is saved now into a draft: who changed a field alone wins it, and what both changed is a conflict. */
export function merge(draft: Draft, saved: Fields): { draft: Draft | undefined; conflicts: Conflict[] } {
  const settled = Object.keys(draft.mine).filter(field => same(draft.mine[field] ?? null, saved[field] ?? null));
  const rest = without(draft, settled);
  const conflicts = Object.entries(rest?.mine ?? {}).flatMap(([field, mine]) => {
    const [base, theirs] = [draft.base[field] ?? null, saved[field] ?? null];
    return same(base, theirs) ? [] : [{ field, base, mine, theirs }];
  });
  return { draft: rest, conflicts };
}
