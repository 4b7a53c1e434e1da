import { path, request } from './client';
import { flag, isObject, tags, text, time, type Row, type Tag } from './infotable';
import { call, invoke } from './services';

/** An entity in a list. */
export interface EntityRow {
  readonly name: string;
  readonly description: string;
  /** Singular, as searches and permissions write it: Thing, DataShape. */
  readonly type: string;
  /** What it is made of: the template of a Thing, the base of a Data Shape. Empty for other kinds. */
  readonly parent: string;
  readonly tags: readonly Tag[];
  readonly project: string;
  /** Milliseconds since 1970. */
  readonly modified: number;
  readonly isSystem: boolean;
  /** Whether the caller may change and delete it, as far as the server says so. */
  readonly mayUpdate: boolean;
  readonly mayDelete: boolean;
}

/** A search for entities; what is not said does not matter. */
export interface EntityQuery {
  /** Part of a name or description; `*` and `?` make it a pattern. */
  readonly expression?: string;
  readonly types?: readonly string[];
  /** Templates that Things must be made of, directly or through others. */
  readonly templates?: readonly string[];
  readonly tags?: string;
  readonly maxItems?: number;
  readonly withPermissions?: boolean;
  /** Newest first instead of by name. */
  readonly newestFirst?: boolean;
}

/** A list holds so many entities at most; the filter then has to be the server's. */
export const mostListed = 10_000;

/** Finds entities that the caller can see. */
export async function searchEntities(query: EntityQuery, signal?: AbortSignal): Promise<EntityRow[]> {
  const found = await call('Resources/SearchFunctions', 'SpotlightSearch', {
    ...(query.expression ? { searchExpression: query.expression } : {}),
    ...(query.types ? { types: { items: query.types } } : {}),
    ...(query.templates ? { thingTemplates: { items: query.templates } } : {}),
    ...(query.tags ? { tags: query.tags } : {}),
    ...(query.newestFirst ? { sortBy: 'lastModifiedDate', isAscending: false } : {}),
    maxItems: query.maxItems ?? mostListed,
    withPermissions: query.withPermissions ?? false,
  }, signal);
  return found.rows.map(toEntityRow);
}

/** An entity's definition as GET answers it, with what all kinds have; the rest stays under its own names. */
export interface EntityDocument {
  readonly kind: string;
  readonly type: string;
  readonly name: string;
  readonly description: string;
  /** `Plant:Bergen;Line:4`. */
  readonly tags: string;
  readonly projectName: string;
  readonly documentationContent: string;
  readonly owner: string;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
  readonly isSystemObject: boolean;
  /** The whole document, for what only some kinds have. */
  readonly all: Row;
}

/** Reads the definition. @throws ApiError 403 without the right to read it, 404 where it is not or may not be seen. */
export async function readEntity(collection: string, name: string, signal?: AbortSignal): Promise<EntityDocument> {
  const answer = await request(path(collection, name), { signal });
  const all = (isObject(answer) ? answer : {}) as Row;
  return {
    kind: text(all, 'kind'), type: text(all, 'type'), name: text(all, 'name'), description: text(all, 'description'), tags: text(all, 'tags'),
    projectName: text(all, 'projectName'), documentationContent: text(all, 'documentationContent'), owner: text(all, 'owner'),
    lastModified: time(all, 'lastModified') ?? 0, isSystemObject: flag(all, 'isSystemObject'), all,
  };
}

/** Deletes an entity. @throws ApiError 409 with the reason where something still needs it. */
export const deleteEntity = (collection: string, name: string): Promise<unknown> => request(path(collection, name), { method: 'DELETE' });

/** An entity that names another one. */
export interface Dependent { readonly name: string; readonly type: string }

/** Who names the entity, as far as the caller can see. */
export async function dependentsOf(collection: string, name: string, signal?: AbortSignal): Promise<Dependent[]> {
  const found = await invoke(collection, name, 'GetIncomingDependencies', { maxItems: 100 }, signal);
  return found.rows.map(row => ({ name: text(row, 'name'), type: text(row, 'type') }));
}

function toEntityRow(row: Row): EntityRow {
  return {
    name: text(row, 'name'), description: text(row, 'description'), type: text(row, 'type'), parent: text(row, 'parentName'), tags: tags(row, 'tags'),
    project: text(row, 'projectName'), modified: time(row, 'lastModifiedDate') ?? 0, isSystem: flag(row, 'isSystemObject'),
    mayUpdate: flag(row, 'update'), mayDelete: flag(row, 'delete'),
  };
}
