import { ArrowSwapRegular } from '@fluentui/react-icons/svg/arrow-swap';
import type { Page } from '../../registry';
import { texts } from '../../texts';

/** Entities from a file and into a file. */
export const page: Page = {
  id: 'transfer',
  route: '/transfer/:job?',
  title: texts.transfer.title,
  icon: ArrowSwapRegular,
  rail: { order: 70, to: '/transfer', label: texts.transfer.rail },
  needs: 'administrator',
  load: () => import('./TransferPage'),
  document: () => ({ key: '/transfer', title: texts.transfer.title, icon: ArrowSwapRegular }),
  commands: [{ id: 'import', title: texts.transfer.importCommand, needs: 'administrator', run: ({ navigate }) => void navigate('/transfer/import') }],
};
