import { BranchRegular } from '@fluentui/react-icons/svg/branch';
import type { Page } from '../../registry';
import { texts } from '../../texts';

/** The links of this server, what goes over them, and what happened to them. */
export const page: Page = {
  id: 'federation',
  route: '/federation/:view?',
  title: texts.federation.title,
  icon: BranchRegular,
  rail: { order: 50, to: '/federation' },
  load: () => import('./FederationPage'),
  document: () => ({ key: '/federation', title: texts.federation.title, icon: BranchRegular }),
};
