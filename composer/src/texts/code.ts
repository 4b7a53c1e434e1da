import { plural } from './plural';

export const code = {
  line: (line: number) => `Line ${line}:`,
  parameters: 'Parameters', parameterName: (number: number) => `Name of parameter ${number}`, addParameter: 'Add parameter', removeParameter: (name: string) => `Remove ${name}`, noParameters: 'None',
  more: (name: string) => `More of ${name}`, required: 'Required',
  result: 'Result', resultType: 'Base type of the result', how: 'How it runs',
  flags: { isAsync: 'Answers at once and runs behind', isPrivate: 'Private to this Thing', isLocalOnly: 'Not offered to other servers', isAllowOverride: 'Heirs may override it' },
  run: 'Run', saveAndRun: 'Save and run', savesFirst: 'The server runs what is saved, so the page is saved first.', running: 'Running …',
  onlyThings: 'A Thing that has this service can run it.', notRunning: (thing: string) => `${thing} is not enabled, so it does not run.`,
  scriptOf: (service: string) => `Script of ${service}. Ctrl M lets Tab leave the editor.`,
  noService: (entity: string, name: string) => `${entity} defines no service ${name}`, noServiceHint: 'It was removed, or is inherited and not overridden here.', toServices: 'All services',
  removeService: 'Remove service', removeOverride: 'Remove override', answeredThere: 'The other end answers this service; there is no script here. Its binding is under Manage bindings on Properties.',
  script: 'Script', addService: 'Add service', edit: 'Edit', override: 'Override', name: 'Name', makeHint: 'Any signs but / * ? #.',
};

export const subscriptions = {
  title: 'Subscriptions', add: 'Add subscription', remove: 'Remove subscription', none: 'No subscriptions', noneHint: 'A subscription is a script that runs when an event happens.',
  count: (all: number) => plural(all, 'subscription', 'subscriptions'),
  name: 'Name', events: 'Events', enabled: 'Enabled', ordered: 'One after the other, in order', runs: 'Runs', description: 'Description',
  event: 'Event', source: 'Source', property: 'Property', itself: 'This Thing', itselfHint: 'Empty for this Thing.', addEvent: 'Add event', removeEvent: (number: number) => `Remove event ${number}`, chooseEvent: 'Choose an event',
  noEvent: 'It waits for no event yet.', on: 'on', off: 'off', ordering: 'ordered', orderTitle: 'Order',
  noSubscription: (entity: string, name: string) => `${entity} defines no subscription ${name}`, toAll: 'All subscriptions',
  switchHint: 'Inherited: it can be switched on and off here.', switchLabel: (name: string) => `Whether ${name} runs`, switchOf: (name: string) => `${name} switched`,
  variables: 'The script has eventData, eventName, eventTime, source and sourceProperty. It runs with the rights of whoever fired the event.',
};
