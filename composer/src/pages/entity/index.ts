import { DocumentRegular } from '@fluentui/react-icons/svg/document';
import { entityKey } from '../../app/entityDraft';
import { dataKindOf } from './data/sources';
import { kindById, type Kind, type Page } from '../../registry';
import { texts } from '../../texts';

/** Whether entities of the kind define properties, services, events and subscriptions. */
const hasMembers = (kind: Kind): boolean => ['Things', 'ThingTemplates', 'ThingShapes'].includes(kind.collection);

/** One entity: its head, its tabs, its draft. */
export const page: Page = {
  id: 'entity',
  route: '/:collection/:name/:tab?/*',
  title: texts.entity.title,
  icon: DocumentRegular,
  hasTree: true,
  area: 'browse',
  load: () => import('./EntityPage'),
  document: ({ collection = '', name = '' }) => {
    const kind = kindById(collection);
    return kind && !kind.templates ? { key: entityKey(collection, name), title: name, icon: kind.icon } : null;
  },
  entityTabs: [
    { id: 'general', title: texts.entity.tabs.general, order: 10, appliesTo: () => true, load: () => import('./general/GeneralTab') },
    { id: 'data', title: texts.entity.tabs.data, order: 12, appliesTo: (kind, entity) => dataKindOf(kind, entity) !== undefined, load: () => import('./data/DataTab') },
    { id: 'wiki', title: texts.entity.tabs.wiki, order: 12, appliesTo: kind => kind.id === 'Wikis', load: () => import('./articles/WikiTab') },
    { id: 'blog', title: texts.entity.tabs.blog, order: 12, appliesTo: kind => kind.id === 'Blogs', load: () => import('./articles/BlogTab') },
    { id: 'account', title: texts.security.account, order: 15, appliesTo: kind => kind.id === 'Users', load: () => import('./security/AccountTab') },
    { id: 'members', title: texts.security.members, order: 15, appliesTo: kind => kind.id === 'Groups', load: () => import('./security/MembersTab') },
    { id: 'units', title: texts.security.units, order: 15, appliesTo: kind => kind.id === 'Organizations', load: () => import('./security/UnitsTab') },
    { id: 'key', title: texts.security.key, order: 15, appliesTo: kind => kind.id === 'ApplicationKeys', load: () => import('./security/KeyTab') },
    { id: 'fields', title: texts.fields.title, order: 15, appliesTo: kind => kind.id === 'DataShapes', load: () => import('./fields/FieldsTab') },
    {
      id: 'configuration', title: texts.configuration.tab, order: 20, appliesTo: kind => ['Things', 'ThingTemplates', 'Subsystems'].includes(kind.collection),
      load: () => import('./configuration/ConfigurationTab'),
    },
    { id: 'properties', title: texts.entity.tabs.properties, order: 30, appliesTo: hasMembers, load: () => import('./properties/PropertiesTab') },
    { id: 'services', title: texts.entity.tabs.services, order: 40, appliesTo: () => true, load: () => import('./services/ServicesTab') },
    { id: 'events', title: texts.entity.tabs.events, order: 50, appliesTo: hasMembers, load: () => import('./events/EventsTab') },
    { id: 'subscriptions', title: texts.entity.tabs.subscriptions, order: 60, appliesTo: hasMembers, load: () => import('./subscriptions/SubscriptionsTab') },
    { id: 'alerts', title: texts.entity.tabs.alerts, order: 65, appliesTo: kind => kind.collection === 'Things' || kind.collection === 'ThingTemplates', load: () => import('./alerts/AlertsTab') },
    { id: 'permissions', title: texts.entity.tabs.permissions, order: 80, appliesTo: () => true, load: () => import('./permissions/PermissionsTab') },
    { id: 'relationships', title: texts.entity.tabs.relationships, order: 95, appliesTo: () => true, load: () => import('./relationships/RelationshipsTab') },
    { id: 'history', title: texts.entity.tabs.history, order: 100, appliesTo: () => true, load: () => import('./history/HistoryTab') },
  ],
};

