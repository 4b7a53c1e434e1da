import { plural } from './plural';

export const rights = {
  missing: (right: string, entity: string, server: string) => `The right ${right} of ${entity} on ${server} is missing. Its owner or an administrator can give it.`,
};

export const permissions = {
  sort: 'Which permissions', scope: 'For whom they are said', ofTemplate: 'This template', ofThings: 'Its Things',
  sorts: { Visibility: 'Visibility', RunTime: 'Run Time', DesignTime: 'Design Time' },
  hints: {
    Visibility: 'Who is in one of these organizations sees that this is there. Administrators see everything.',
    RunTime: 'Who may read and write properties, invoke services, fire events and subscribe to them. What is said of one member counts before what is said of all.',
    DesignTime: 'Who may read, change and delete the definition.',
  },
  instancesHint: 'It counts for every Thing of this template, unless the Thing itself says something else.',
  none: { Visibility: 'No organization sees this by its own permissions.', RunTime: 'Nothing is said of run time here; what the template and the collection say counts.', DesignTime: 'Nothing is said of design time here; what the collection says counts.' },
  addPrincipal: 'Add user or group', addOrganization: 'Add organization', principal: 'User or group', organization: 'Organization', unit: 'Unit', whole: 'The whole organization', sees: 'Sees it',
  type: 'Type', user: 'User', group: 'User Group', about: 'Property, service or event', allMembers: 'All properties, services and events', property: 'property', service: 'service', event: 'event',
  allowed: 'Allowed', denied: 'Denied', notSaid: 'Not said',
  cell: (permission: string, principal: string, word: string) => `${permission} for ${principal}: ${word}`,
  grant: (permission: string, resource: string, principal: string, isOfInstances: boolean) => `${permission}${resource === '' || resource === '*' ? '' : ` of ${resource}`} for ${principal}${isOfInstances ? ', its Things' : ''}`,
};

export const relationships = {
  uses: 'Uses', usedBy: 'Used by', type: 'Kind', description: 'Description', none: { uses: 'It names no other entity.', usedBy: 'No other entity that you can see names it.' },
  filter: 'Filter by name, kind', count: (uses: number, usedBy: number) => `uses ${plural(uses, 'entity', 'entities')} · used by ${plural(usedBy, 'entity', 'entities')}`,
  cut: (count: number) => `Only the first ${count} are shown.`,
  shapes: 'Implemented Thing Shapes', shape: (name: string) => `Thing Shape ${name}`, addShape: 'Add Thing Shape', removeShape: (name: string) => `Remove ${name}`, noShapes: 'It implements no Thing Shape itself.', inheritedShapes: 'By its templates:',
  shapesHint: 'A Thing Shape brings properties, services, events and subscriptions. With it, what it brought goes, values too.',
};
