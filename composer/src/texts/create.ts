import { inner, listed } from './plural';

export const create = {
  title: (one: string) => `New ${inner(one)}`,
  hint: 'Choose what to make.',
  template: 'Template',
  derived: (base: string) => `Derived from ${base}`,
  rowsThere: 'Rows on another server',
  nameHint: 'Any signs but / ? * \\ #. It cannot be changed later.',
  fields: { password: 'Password', user: 'User Name Reference' } as Readonly<Record<string, string>>,
  made: (name: string) => `${name} made`,
  partlyMade: (name: string, wrong: readonly string[]) => `${name} made, but: ${listed(wrong)}`,
};
