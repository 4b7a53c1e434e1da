import { plural } from './plural';

/** What properties, services, events, subscriptions and alerts share. */
export const members = {
  states: { same: '', new: 'new', changed: 'changed', removed: 'goes on Save' },
  from: 'Defined by', here: 'here', platform: 'the platform',
  add: 'Add', keep: 'Keep it', name: 'Name', nameHint: 'It cannot be changed later.',
  savedWithSave: 'It counts when the page is saved.',
  goesOnSave: 'It is taken away when the page is saved.',
  taken: (name: string) => `There is one called ${name} already.`,
  wrongName: 'A name has 1 to 127 signs, none of / * ? #, and no spaces around.',
  inherited: (source: string) => `Defined by ${source}; it can be changed only there.`,
  definedBy: (one: string) => `Defined by ${one}`,
  changedThere: '; it is changed there.',
  ofPlatform: 'Part of the platform; its definition cannot be changed.',
};

export const properties = {
  title: 'Properties', add: 'Add property', remove: 'Remove property', filter: 'Filter by name, type, category',
  chooseOne: 'Open a property first',
  count: (all: number, own: number) => `${plural(all, 'property', 'properties')} · ${own} defined here`,
  panel: (name: string) => `Property ${name}`,
  none: 'No properties', noneHint: 'Properties hold what a Thing measures and is told.', noneMatch: 'No property matches',
  name: 'Name', baseType: 'Base Type', value: 'Value', kept: 'Kept', boundTo: 'Bound to', category: 'Category', description: 'Description', definition: 'Definition',
  persistent: 'Persistent', logged: 'Logged', readOnly: 'Read-only', indexed: 'Indexed',
  dataShape: 'Data Shape', units: 'Units', defaultValue: 'Default Value', minimum: 'Minimum Value', maximum: 'Maximum Value',
  rangeTurned: 'The maximum must be at or above the minimum.', typeStays: 'The base type stays: remove the property to give its name another.',
  dataChangeType: 'Data Change Type', threshold: 'Data Change Threshold',
  changeTypes: { VALUE: 'VALUE: when it differs', ALWAYS: 'ALWAYS: on each write', NEVER: 'NEVER', ON: 'ON: when it becomes true', OFF: 'OFF: when it becomes false' },
  noValue: '–', hidden: '••••••', empty: 'empty', neverWritten: 'never written', setHere: 'set here',
  hover: (time: string, quality: string, source: string) => `${time} · ${quality} · ${source}`,
  time: 'Time', quality: 'Quality', source: 'Source', newValue: 'New value', set: 'Set value',
  wasSet: (name: string) => `${name} set`,
  noFields: 'The table has no fields yet: give the property a Data Shape, or set a value by a service.', cannotSet: 'Read-only: only the definition or the platform sets it.', setsThere: 'It is written on the other end.',
};

export const bindings = {
  manage: 'Manage bindings', of: (name: string) => `Binding of ${name}`, there: (name: string, identifier: string) => `${name} of ${identifier}`,
  standsFor: 'Stands for', noIdentifier: 'Without an Identifier there is no other end to ask.', setIdentifier: 'Set it on General Information.',
  local: 'Other Things of this server', here: 'Here', thereName: 'On the other end', pushType: 'Push Type', threshold: 'Threshold', follows: 'Follows',
  noneBound: { properties: 'No property has its value from the other end.', services: 'No service is answered by the other end.', events: 'No event comes from the other end.' },
  allBound: { properties: 'Every property of the other end is bound.', services: 'Every service of the other end is bound.', events: 'Every event of the other end is bound.' },
  notOffered: 'The other end offers none of that name.', offered: 'Offered by the other end',
  unknown: (reason: string) => `What the other end has is not known: ${reason}`, asking: 'Asking the other end …', notConnected: 'What the other end has is known while it is connected. Names can be typed above.', templateHint: 'What is offered is known on a Thing of this template; names can be typed there and here.',
  bind: (name: string) => `Bind ${name}`, unbind: (name: string) => `Unbind ${name}`, bindShort: 'Bind', addShort: 'Add and bind',
  noneLocal: 'No property follows one of another Thing.', otherThing: 'Thing', otherProperty: 'Its property', chooseProperty: 'Choose a property', chooseThing: 'Choose a Thing first',
};
