import { HistoryRegular } from '@fluentui/react-icons/svg/history';
import type { Page } from '../../registry';
import { texts } from '../../texts';

/** What was opened here and changed on the server last. */
export const page: Page = { id: 'recent', route: '/recent', title: texts.recent.title, icon: HistoryRegular, rail: { order: 40 }, load: () => import('./RecentPage') };
