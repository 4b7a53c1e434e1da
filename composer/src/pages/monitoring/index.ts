import { PulseRegular } from '@fluentui/react-icons/svg/pulse';
import type { Page } from '../../registry';
import { texts } from '../../texts';

/** What happens on the server now: logs, subsystems, remote Things, sessions, alerts, audit. */
export const page: Page = {
  id: 'monitoring',
  route: '/monitoring/:view?',
  title: texts.monitoring.title,
  icon: PulseRegular,
  rail: { order: 60, to: '/monitoring' },
  needs: 'administrator',
  load: () => import('./MonitoringPage'),
  document: () => ({ key: '/monitoring', title: texts.monitoring.title, icon: PulseRegular }),
};
