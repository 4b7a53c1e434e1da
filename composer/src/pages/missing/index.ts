import { DocumentDismissRegular } from '@fluentui/react-icons/svg/document-dismiss';
import type { Page } from '../../registry';
import { texts } from '../../texts';

/** Any address that no other page has. */
export const page: Page = {
  id: 'missing',
  route: '*',
  title: texts.missing.title,
  icon: DocumentDismissRegular,
  load: async () => ({ default: (await import('./MissingPage')).MissingPage }),
  document: () => null,
};
