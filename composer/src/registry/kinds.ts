import type { FluentIcon } from '@fluentui/react-icons';
import { AppsListDetailRegular } from '@fluentui/react-icons/svg/apps-list-detail';
import { BookRegular } from '@fluentui/react-icons/svg/book';
import { BracesRegular } from '@fluentui/react-icons/svg/braces';
import { BriefcaseRegular } from '@fluentui/react-icons/svg/briefcase';
import { CubeRegular } from '@fluentui/react-icons/svg/cube';
import { DataTrendingRegular } from '@fluentui/react-icons/svg/data-trending';
import { DocumentTextRegular } from '@fluentui/react-icons/svg/document-text';
import { FlowRegular } from '@fluentui/react-icons/svg/flow';
import { KeyRegular } from '@fluentui/react-icons/svg/key';
import { NewsRegular } from '@fluentui/react-icons/svg/news';
import { OrganizationRegular } from '@fluentui/react-icons/svg/organization';
import { PeopleRegular } from '@fluentui/react-icons/svg/people';
import { PersonRegular } from '@fluentui/react-icons/svg/person';
import { PuzzlePieceRegular } from '@fluentui/react-icons/svg/puzzle-piece';
import { SettingsRegular } from '@fluentui/react-icons/svg/settings';
import { ShapesRegular } from '@fluentui/react-icons/svg/shapes';
import { StackRegular } from '@fluentui/react-icons/svg/stack';
import { TableRegular } from '@fluentui/react-icons/svg/table';
import { TagRegular } from '@fluentui/react-icons/svg/tag';
import { TagMultipleRegular } from '@fluentui/react-icons/svg/tag-multiple';
import { TimelineRegular } from '@fluentui/react-icons/svg/timeline';
import { texts } from '../texts';

/** The groups of the Browse tree, in their order. */
export const browseGroups = ['modeling', 'dataStorage', 'security', 'system'] as const;

/** A group of the Browse tree. */
export type BrowseGroup = (typeof browseGroups)[number];

/** Names of the services of Resources/EntityServices that make and copy entities of a kind. */
export interface MakingServices {
  readonly create: string;
  /** Where copies can be made: the service and its parameter for the original. */
  readonly clone?: { readonly service: string; readonly source: string };
}

/** A list of the Browse tree: a collection, or the Things of a collection that some templates make. */
export interface Kind {
  /** The word in /browse/…; for most it is the collection. */
  readonly id: string;
  /** The collection as REST writes it. */
  readonly collection: string;
  /** Singular, as searches and permissions write it. */
  readonly type: string;
  readonly group: BrowseGroup;
  readonly icon: FluentIcon;
  /** Templates that make such Things; derived ones count. */
  readonly templates?: readonly string[];
  readonly making?: MakingServices;
}

const thing = { collection: 'Things', type: 'Thing', making: { create: 'CreateThing', clone: { service: 'CloneThing', source: 'sourceThingName' } } } as const;

function collection(id: string, type: string, group: BrowseGroup, icon: FluentIcon, create?: string, clone = create?.replace('Create', 'Clone')): Kind {
  const making = create === undefined ? undefined : { create, ...(clone ? { clone: { service: clone, source: `source${type}Name` } } : {}) };
  return { id, collection: id, type, group, icon, ...(making ? { making } : {}) };
}

/** All kinds, in the order of the Browse tree. */
export const kinds: readonly Kind[] = [
  { id: 'Things', group: 'modeling', icon: CubeRegular, ...thing },
  collection('ThingTemplates', 'ThingTemplate', 'modeling', PuzzlePieceRegular, 'CreateThingTemplate'),
  collection('ThingShapes', 'ThingShape', 'modeling', ShapesRegular, 'CreateThingShape'),
  collection('DataShapes', 'DataShape', 'modeling', BracesRegular, 'CreateDataShape'),
  collection('Networks', 'Network', 'modeling', FlowRegular, 'CreateNetwork'),
  collection('Projects', 'Project', 'modeling', BriefcaseRegular, 'CreateProject', ''),
  collection('ModelTags', 'ModelTag', 'modeling', TagRegular, 'CreateModelTagVocabulary', ''),
  { id: 'Streams', group: 'dataStorage', icon: TimelineRegular, templates: ['Stream', 'RemoteStream'], ...thing },
  { id: 'ValueStreams', group: 'dataStorage', icon: DataTrendingRegular, templates: ['ValueStream', 'RemoteValueStream'], ...thing },
  { id: 'DataTables', group: 'dataStorage', icon: TableRegular, templates: ['DataTable', 'RemoteDataTable'], ...thing },
  { id: 'Wikis', group: 'dataStorage', icon: BookRegular, templates: ['Wiki', 'RemoteWiki'], ...thing },
  { id: 'Blogs', group: 'dataStorage', icon: NewsRegular, templates: ['Blog', 'RemoteBlog'], ...thing },
  collection('DataTags', 'DataTag', 'dataStorage', TagMultipleRegular, 'CreateDataTagVocabulary', ''),
  collection('PersistenceProviders', 'PersistenceProvider', 'dataStorage', StackRegular),
  collection('Users', 'User', 'security', PersonRegular, 'CreateUser'),
  collection('Groups', 'Group', 'security', PeopleRegular, 'CreateGroup'),
  collection('Organizations', 'Organization', 'security', OrganizationRegular, 'CreateOrganization'),
  collection('ApplicationKeys', 'ApplicationKey', 'security', KeyRegular, 'CreateApplicationKey', ''),
  collection('Subsystems', 'Subsystem', 'system', SettingsRegular),
  collection('Resources', 'Resource', 'system', AppsListDetailRegular),
  collection('Logs', 'Log', 'system', DocumentTextRegular),
];

const byId = new Map(kinds.map(kind => [kind.id, kind]));
const byType = new Map(kinds.filter(kind => !kind.templates).map(kind => [kind.type, kind]));

/** The kind of a /browse/… address. */
export const kindById = (id: string): Kind | undefined => byId.get(id);

/** The kind of a singular type, such as a search answers it. */
export const kindOfType = (type: string): Kind | undefined => byType.get(type);

/** The narrowest kind of a Thing, by the templates that it is made of, nearest first. */
export const kindOfThing = (lineage: readonly string[]): Kind =>
  kinds.find(kind => kind.templates?.some(template => lineage.includes(template))) ?? (byId.get('Things') as Kind);

/** The narrowest kind of what a search found, as far as its type and what it is made of say. */
export const kindOfRow = ({ type, parent }: { type: string; parent: string }): Kind | undefined => (type === 'Thing' ? kindOfThing([parent]) : kindOfType(type));

/** Whether the kind's data may live on another server: its Things have an Identifier that says where. */
export const isRemoteTemplate = (template: string): boolean => template.startsWith('Remote');

/** What a person calls the kind: one, many, and what it is for. */
export const kindTexts = (kind: Kind): { one: string; many: string; hint: string } => texts.kinds[kind.id] ?? { one: kind.type, many: kind.id, hint: '' };
