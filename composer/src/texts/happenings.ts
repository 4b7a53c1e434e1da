import { plural } from './plural';

export const events = {
  title: 'Events', add: 'Add event', remove: 'Remove event', panel: (name: string) => `Event ${name}`,
  count: (all: number) => plural(all, 'event', 'events'),
  none: 'No events', noneHint: 'An event tells subscriptions that something happened.', noData: 'no data',
  stays: 'An event stays as it was made: remove it and save to make it anew.', shapeHint: 'What the event carries: one row of this Data Shape.',
};

const states: Readonly<Record<string, string>> = { active: 'Active', unacknowledged: 'Over, not acknowledged', inactive: 'Inactive', disabled: 'Disabled' };

export const alerts = {
  title: 'Alerts', add: 'Add alert', remove: 'Remove alert', panel: (name: string) => `Alert ${name}`, view: 'What is shown', definitions: 'Definitions', history: 'History',
  none: 'No alerts', noneHint: 'An alert fires an event when a property passes a limit.',
  property: 'Property', type: 'Type', limit: 'Limit', status: 'State', priority: 'Priority', enabled: 'Enabled', inherited: 'the template', when: 'When it fires',
  limits: { value: 'value', limit: 'limit', minimum: 'minimum', maximum: 'maximum' },
  limitFields: { value: 'Value', limit: 'Limit', minimum: 'Minimum', maximum: 'Maximum' },
  deviationFields: { value: 'Target', limit: 'How far from it', minimum: '', maximum: '' },
  included: 'The limit itself counts', inheritedHint: 'Defined by the template. What is changed here counts for this Thing alone.',
  states, noted: 'acknowledged', notNoted: 'not acknowledged',
  acknowledge: 'Acknowledge', acknowledgeAll: 'Acknowledge all', noneOpen: 'There is nothing to acknowledge', acknowledged: (name: string) => `Alerts of ${name} acknowledged`,
  note: 'Note', noteHint: (property: string) => `It takes note of all alerts of ${property}, at once.`,
};
