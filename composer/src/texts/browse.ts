import { counted, inner, plural } from './plural';

export const browse = {
  name: 'Name',
  description: 'Description',
  template: 'Thing Template',
  base: 'Base Data Shape',
  tags: 'Tags',
  project: 'Project',
  modified: 'Modified',
  state: 'State',
  filter: 'Filter by name or tag',
  clearFilter: 'Clear the filter',
  chooseOne: 'Choose one to duplicate',
  chooseAny: 'Choose what to delete',
  editChosen: 'Edit what is chosen',
  deleteChosen: 'Delete what is chosen',
  facets: { template: 'Template', project: 'Project', tag: 'Tag', made: 'Made by' },
  made: { users: 'users', platform: 'the platform' } as Readonly<Record<string, string>>,
  none: (many: string) => `No ${inner(many)}`,
  noneMatch: (many: string) => `No ${inner(many)} match the filter`,
  noneMatchHint: (q: string) => (q === '' ? 'Every chip above narrows the list.' : `Nothing holds “${q}”.`),
  cut: (most: number) => `Only the first ${counted(most)} are listed. Search finds the others.`,
  count: (shown: number, all: number, { one, many }: { one: string; many: string }, remote: number) => [
    shown === all ? plural(all, inner(one), inner(many)) : `${counted(shown)} of ${plural(all, inner(one), inner(many))}`,
    ...(remote > 0 ? [`${counted(all - remote)} here, ${counted(remote)} remote`] : []),
  ].join(' · '),
};
