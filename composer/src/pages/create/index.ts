import { AddRegular } from '@fluentui/react-icons/svg/add';
import { kindById, kindTexts, type Page } from '../../registry';
import { texts } from '../../texts';

/** Making an entity: kind, template, General Information. */
export const page: Page = {
  id: 'create',
  route: '/new/:kind?',
  title: texts.actions.new,
  icon: AddRegular,
  rail: { order: 20, to: '/new' },
  hasTree: true,
  load: () => import('./CreatePage'),
  newPanel: () => import('./NewPanel'),
  document: ({ kind: id }) => {
    const kind = id === undefined ? undefined : kindById(id);
    return kind ? { key: `/new/${kind.id}`, title: texts.create.title(kindTexts(kind).one), icon: kind.icon } : null;
  },
};
