import { HomeRegular } from '@fluentui/react-icons/svg/home';
import type { Page } from '../../registry';
import { texts } from '../../texts';

/** Where a person starts. */
export const page: Page = { id: 'home', route: '/', title: texts.home.title, icon: HomeRegular, rail: { order: 10 }, load: () => import('./HomePage'), document: () => null };
