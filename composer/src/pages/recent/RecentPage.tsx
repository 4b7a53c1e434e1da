import { HistoryRegular } from '@fluentui/react-icons/svg/history';
import { useQuery } from '@tanstack/react-query';
import { searchEntities } from '../../api/entities';
import { keys } from '../../app/queries';
import { PageHead } from '../../parts/PageHead';
import { texts } from '../../texts';
import { ChangedList } from './ChangedList';
import { OpenedList } from './OpenedList';
import css from './RecentPage.module.css';

const mostShown = 50;

/** Opened by you, changed by anybody. */
export default function RecentPage() {
  const changed = useQuery({ queryKey: [...keys.lists, 'changed'], queryFn: ({ signal }) => searchEntities({ newestFirst: true, maxItems: mostShown }, signal) });
  return (
    <>
      <PageHead icon={HistoryRegular} title={texts.recent.title} hint={texts.recent.hint} />
      <div className={css.columns}><OpenedList most={mostShown} /><ChangedList rows={changed.data} error={changed.error} /></div>
    </>
  );
}
