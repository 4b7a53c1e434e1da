import type { EntityDocument } from '../../../api/entities';
import type { Json } from '../../../api/infotable';
import type { EntityDraftContext } from '../../../app/entityDraft';
import { saveEach } from '../../../app/saving';
import type { DraftPart } from '../../../registry';

/** Members of one sort that an entity says itself: each is a field of the draft, and null is one that shall go. */
export interface MemberGroup<T extends Json = Json> {
  /** Begins the names of its fields: `property:speed`. */
  readonly id: string;
  readonly read: (entity: EntityDocument) => Readonly<Record<string, T>>;
  /** What a person calls one. */
  readonly label: (name: string) => string;
  /** What its value says, where the type does not say enough. */
  readonly show?: (value: T) => string;
  /** Adds it, or puts it in place of `before`. */
  readonly put: (entity: EntityDocument, name: string, value: T, before: T | undefined) => Promise<unknown>;
  readonly remove: (entity: EntityDocument, name: string, before: T) => Promise<unknown>;
}

/** A member as a tab shows it. */
export interface DraftMember<T> {
  readonly name: string;
  /** As edited; of one that shall go as it is saved. */
  readonly value: T;
  readonly saved: T | undefined;
  readonly state: 'same' | 'new' | 'changed' | 'removed';
  /** Why it could not be saved. */
  readonly error: string | undefined;
}

/** The field of a member in the draft. */
export const fieldOf = (group: { readonly id: string }, name: string): string => `${group.id}:${name}`;

/** The draft of a tab whose fields are members. What goes is saved before what comes, in the order of the groups. */
export function memberDraft(groups: readonly MemberGroup[]): DraftPart {
  const split = (field: string) => {
    const at = field.indexOf(':');
    return { group: groups.find(one => one.id === field.slice(0, at)), name: field.slice(at + 1) };
  };
  return {
    read: entity => Object.assign({}, ...groups.map(group => Object.fromEntries(Object.entries(group.read(entity)).map(([name, value]) => [fieldOf(group, name), value])))) as Record<string, Json>,
    label: field => {
      const { group, name } = split(field);
      return group?.label(name) ?? field;
    },
    show: (field, value) => {
      const { group } = split(field);
      return value === undefined || value === null ? undefined : group?.show?.(value);
    },
    save: (entity, changes) => {
      const all = groups.flatMap(group => {
        const saved = group.read(entity);
        return Object.entries(changes).filter(([field]) => split(field).group === group).map(([field, value]) => ({ group, field, name: split(field).name, value, before: saved[split(field).name] }));
      });
      const gone = all.filter(one => one.value === null).map(({ group, field, name, before }) => [field, async () => (before === undefined ? undefined : group.remove(entity, name, before))] as const);
      const put = all.filter(one => one.value !== null).map(({ group, field, name, value, before }) => [field, () => group.put(entity, name, value, before)] as const);
      return saveEach([...gone, ...put]);
    },
  };
}

/** The members of a group with what is edited of them, in the order of the document, new ones last. */
export function membersIn<T extends Json>(draft: EntityDraftContext, group: MemberGroup<T>): DraftMember<T>[] {
  const prefix = `${group.id}:`;
  return Object.keys(draft.values).filter(field => field.startsWith(prefix)).flatMap(field => {
    const [value, saved] = [draft.values[field] as T | null, draft.saved[field] as T | undefined];
    const shown = value ?? saved;
    if (shown === undefined || shown === null) return [];
    const state = value === null ? 'removed' : saved === undefined ? 'new' : draft.isChanged(field) ? 'changed' : 'same';
    return [{ name: field.slice(prefix.length), value: shown, saved, state, error: draft.errors[field] }];
  });
}

/** The same group, for lists of groups of several sorts. */
export const anyGroup = <T extends Json>(group: MemberGroup<T>): MemberGroup => group as unknown as MemberGroup;
