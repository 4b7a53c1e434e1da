import type { EntityDocument } from '../../../api/entities';
import { flag, table, text, type Json } from '../../../api/infotable';
import type { Arguments } from '../../../api/services';
import { isRemoteTemplate, type Kind } from '../../../registry';
import { texts } from '../../../texts';

/** A field of General Information: how it is edited, and the service that saves it. */
export interface GeneralField {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly editor: 'area' | 'page' | 'line' | 'tags' | 'switch' | 'entity';
  /** For an entity field: the list to choose from. */
  readonly pick?: string;
  readonly isRequired?: boolean;
  /** Not asked when an entity is made. */
  readonly isForLater?: boolean;
  /** `lineage` is what a Thing is made of, nearest first; undefined while that is not known. */
  readonly appliesTo: (kind: Kind, lineage: readonly string[] | undefined) => boolean;
  readonly read: (entity: EntityDocument) => Json;
  readonly save: (value: Json) => readonly [service: string, args: Arguments];
}

const isThing = (kind: Kind) => kind.collection === 'Things';
const always = () => true;
const words = texts.general;

/** The fields that services can change, in the order of the page (spec platform 7.2). */
export const generalFields: readonly GeneralField[] = [
  { id: 'description', label: words.description, editor: 'area', appliesTo: always, read: entity => entity.description, save: value => ['SetDescription', { description: value }] },
  { id: 'projectName', label: words.project, editor: 'entity', pick: 'Projects', appliesTo: kind => kind.id !== 'Projects', read: entity => entity.projectName, save: value => ['SetProjectName', { projectName: value }] },
  { id: 'tags', label: words.tags, hint: words.tagsHint, editor: 'tags', appliesTo: always, read: entity => entity.tags, save: value => ['SetTags', { tags: value }] },
  { id: 'published', label: words.published, hint: words.publishedHint, editor: 'switch', appliesTo: isThing, read: entity => flag(entity.all, 'published'), save: value => ['SetPublished', { publish: value }] },
  {
    id: 'identifier', label: words.identifier, hint: words.identifierHint, editor: 'line', appliesTo: (kind, lineage) => isThing(kind) && (lineage === undefined || lineage.some(isRemoteTemplate)),
    read: entity => text(entity.all, 'identifier'), save: value => ['SetIdentifier', { identifier: value }],
  },
  {
    id: 'dataShape', label: words.dataShape, editor: 'entity', pick: 'DataShapes', appliesTo: kind => kind.id === 'Streams' || kind.id === 'DataTables',
    read: entity => text(table(settingsOf(entity), 'Settings').rows[0], 'dataShape'), save: value => ['SetDataShape', { name: value }],
  },
  { id: 'valueStream', label: words.valueStream, hint: words.valueStreamHint, editor: 'entity', pick: 'ValueStreams', appliesTo: kind => kind.id === 'Things', read: entity => text(entity.all, 'valueStream'), save: value => ['SetValueStream', { name: value }] },
  { id: 'enabled', label: words.enabled, hint: words.enabledHint, editor: 'switch', appliesTo: isThing, read: entity => flag(entity.all, 'enabled'), save: value => [value === true ? 'EnableThing' : 'DisableThing', {}] },
  { id: 'documentationContent', label: words.documentation, hint: words.documentationHint, editor: 'page', isForLater: true, appliesTo: always, read: entity => entity.documentationContent, save: value => ['SetDocumentationContent', { documentationContent: value }] },
];

/** The fields of a kind; of a Thing's kind those that what it is made of asks for, or all that may be asked for. */
export const fieldsOf = (kind: Kind, lineage?: readonly string[]): GeneralField[] => generalFields.filter(field => field.appliesTo(kind, lineage));

const settingsOf = (entity: EntityDocument) => (entity.all['configurationTables'] ?? {}) as { [name: string]: Json };
