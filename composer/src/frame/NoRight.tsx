import { LockClosedRegular } from '@fluentui/react-icons/svg/lock-closed';
import { useSession } from '../app/session';
import { EmptyState } from '../parts/EmptyState';
import type { Page } from '../registry';
import { texts } from '../texts';

/** The page is there, but not for this user: says what is missing, where, and who can give it. */
export function NoRight({ page }: { page: Page }) {
  const { server } = useSession();
  return <EmptyState icon={LockClosedRegular} title={texts.frame.noRight(page.title)} hint={texts.frame.needsAdministrator(server.name)} />;
}
