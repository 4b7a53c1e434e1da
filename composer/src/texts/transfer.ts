import { counted, plural } from './plural';

export const transfer = {
  title: 'Import/Export', rail: 'Import/ Export', hint: (server: string) => `Entities of ${server} from a file, and into one.`, jobs: { import: 'Import', export: 'Export' }, importCommand: 'Import entities from a file',
  drop: 'Drop a file of entities here', dropHint: 'XML as Export writes it, or as ThingWorx exports entities. It is checked first; nothing changes before you say so.', choose: 'Choose a file', another: 'Choose another file',
  checking: 'Checking the file', importing: 'Importing', import: (count: number) => (count === 0 ? 'Import' : `Import ${plural(count, 'entity', 'entities')}`), imported: (file: string) => `${file} imported`, done: 'Imported',
  failedHint: (count: number) => `A file is imported as a whole or not at all: ${plural(count, 'entity stands', 'entities stand')} in the way. Mend the file and choose it again.`, nothingHint: 'There is nothing in the file that this server keeps.',
  outcome: 'What happens', name: 'Name', type: 'Type', lineHead: 'Line', reason: 'Reason', entities: 'Entities', notKept: 'This server does not keep such entities.',
  outcomes: (isDone: boolean) => ({ created: isDone ? 'Made' : 'Will be made', replaced: isDone ? 'Replaced' : 'Will be replaced', passedOver: 'Passed over', failed: 'Cannot be imported' }),
  sums: (isDone: boolean) => ({ created: isDone ? 'made' : 'to be made', replaced: isDone ? 'replaced' : 'to be replaced', passedOver: 'passed over', failed: 'cannot be imported' }),
  copy: 'Copy the report', copied: 'Report copied', line: (line: number) => `Line ${String(line)}`,
  reportTitle: (file: string, server: string, isDone: boolean) => (isDone ? `${file}, imported on ${server}` : `${file}, checked on ${server}`),
  kind: 'Kind', filter: 'Filter by name', export: (count: number, isChosen: boolean) => (count === 0 ? 'Export' : isChosen ? `Export ${counted(count)} chosen` : `Export all ${counted(count)}`),
  exporting: 'Writing the file', exported: (count: number, file: string) => `${plural(count, 'entity', 'entities')} exported to ${file}`, nothingToExport: 'There is nothing to export', noneMatch: 'No entities match the filters',
  exportHint: 'The file holds definitions, permissions and persistent values. Passwords, keys and rows of streams and tables are not in it.',
  exportCount: (shown: number, chosen: number) => `${plural(shown, 'entity', 'entities')}${chosen > 0 ? `, ${counted(chosen)} chosen` : ''}`,
};
