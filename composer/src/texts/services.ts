import { counted, plural } from './plural';

export const services = {
  title: 'Services',
  filter: 'Filter services',
  count: (shown: number, all: number) => (shown === all ? plural(all, 'service', 'services') : `${counted(shown)} of ${plural(all, 'service', 'services')}`),
  none: 'No services match', noneHint: 'The filter looks at name, description and category.',
  absent: (service: string, entity: string) => `${entity} has no service ${service}.`,
  execute: 'Execute', executeOne: (name: string) => `Execute ${name}`,
  parameters: 'Parameters', result: 'Result', runsOn: 'Runs on', source: 'Defined by', overridable: 'may be overridden',
};

export const run = {
  title: (service: string) => `Execute ${service}`,
  on: (entity: string) => `on ${entity}`,
  inputs: 'Inputs', noInputs: 'This service takes no inputs.',
  execute: 'Execute', running: 'Running …', stop: 'Stop waiting',
  before: 'Run before', failed: 'failed', noInputsGiven: 'no inputs',
  asCode: 'As code', code: 'This call as code', copy: 'Copy', copied: 'Copied',
  script: 'Script', curl: 'curl', csharp: 'C#', secretLeftOut: 'Secrets are left out.',
  waiting: 'Execute the service to see what it gives.',
  rowsIn: (rows: number, time: string) => `${plural(rows, 'row', 'rows')} in ${time}`,
  doneIn: (time: string) => `Done in ${time}`,
  failedAfter: (time: string) => `Failed after ${time}`,
  grid: 'Grid', raw: 'Raw', chart: 'Chart', view: 'View of the result', result: 'Result', nothing: 'The service gives nothing.',
  csv: 'CSV', json: 'JSON', exportAs: (form: string, rows: number) => `Save all ${plural(rows, 'row', 'rows')} as ${form}`,
  withThisPage: (time: string) => `${time} until it was here`,
  cut: (rows: number) => `The service gave the ${counted(rows)} rows that maxItems allows; there may be more.`,
  required: (name: string) => `${name} is needed.`,
  way: 'The way of the call',
  parts: { before: 'Rights, arguments', turn: 'Waits for the link', link: 'Link, both ways', there: 'Service', after: 'Answer' },
  failedAt: { here: (server: string) => `Failed on ${server}`, link: 'Failed on the link', there: (server: string) => `Failed on ${server}` },
  notTold: 'did not tell its time',
};
