import { FolderOpenRegular } from '@fluentui/react-icons/svg/folder-open';
import { kindById, kindTexts, type Page } from '../../registry';
import { texts } from '../../texts';

/** The lists of entities. */
export const page: Page = {
  id: 'browse',
  route: '/browse/:kind?',
  title: texts.frame.browse,
  icon: FolderOpenRegular,
  rail: { order: 30, to: '/browse' },
  hasTree: true,
  load: () => import('./BrowsePage'),
  document: ({ kind: id }) => {
    const kind = id === undefined ? undefined : kindById(id);
    return kind ? { key: `/browse/${kind.id}`, title: kindTexts(kind).many, icon: kind.icon } : null;
  },
};
