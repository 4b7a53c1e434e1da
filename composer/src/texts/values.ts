import { plural } from './plural';

export const values = {
  on: 'On', off: 'Off', notSet: 'Not set',
  file: 'File', noFile: 'No file', chooseFile: (name: string) => `Choose a file for ${name}`,
  cell: (name: string, row: number) => `${name}, row ${String(row)}`,
  addRow: 'Row', rows: (count: number) => plural(count, 'row', 'rows'),
  deleteRow: (row: number) => `Delete row ${String(row)}`,
  builder: 'Builder', queryView: (name: string) => `How ${name} is written`, queryJson: (name: string) => `${name} as JSON`,
  condition: 'Condition', noFields: 'The fields are not known here; write the query as JSON.',
  tooMuch: 'This query says more than conditions can; a condition takes its place.',
  field: 'Field', operator: 'Comparison', value: 'Value', upTo: 'up to', values: 'Values', listHint: 'one, another',
  removeCondition: (field: string) => `Take away the condition on ${field}`,
  operators: {
    EQ: 'is', NE: 'is not', GT: 'above', GE: 'at least', LT: 'below', LE: 'at most', LIKE: 'contains', NOTLIKE: 'contains not', IN: 'is one of', NOTIN: 'is none of',
    BETWEEN: 'between', MISSINGVALUE: 'is empty', NOTMISSINGVALUE: 'is not empty',
  },
};
