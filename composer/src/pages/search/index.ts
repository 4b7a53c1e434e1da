import { SearchRegular } from '@fluentui/react-icons/svg/search';
import type { Page } from '../../registry';
import { texts } from '../../texts';

/** Everything that holds a word. */
export const page: Page = {
  id: 'search',
  route: '/search',
  title: texts.search.title,
  icon: SearchRegular,
  load: () => import('./SearchPage'),
  commands: [{ id: 'search', title: texts.search.command, icon: SearchRegular, run: ({ navigate }) => void navigate('/search') }],
};
