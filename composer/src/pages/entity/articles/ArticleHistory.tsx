import { Button } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { keys } from '../../../app/queries';
import { EmptyState } from '../../../parts/EmptyState';
import { ErrorBar } from '../../../parts/ErrorBar';
import { formatTime } from '../../../parts/format';
import { Html } from '../../../parts/Html';
import { RowSkeletons } from '../../../parts/Skeletons';
import { texts } from '../../../texts';
import type { Articles } from './articles';
import css from './Articles.module.css';

/** What a page was after each change, newest first. */
export function ArticleHistory({ articles, id, onBack }: { articles: Articles; id: string; onBack: () => void }) {
  const found = useQuery({ queryKey: [...keys.entity('Things', articles.thing), 'revisions', id], queryFn: ({ signal }) => articles.history?.(id, signal) ?? Promise.resolve([]) });
  return (
    <section aria-label={texts.pages.history}>
      <div className={css.head}><h2>{texts.pages.history}</h2><Button size="small" onClick={onBack}>{texts.pages.backToPage}</Button></div>
      {found.isPending && <RowSkeletons />}
      <ErrorBar error={found.error} isBare />
      {found.data?.length === 0 && <EmptyState title={texts.pages.noHistory} />}
      {found.data?.map((revision, index) => (
        <details key={revision.id} className={css.revision} open={index === 0}>
          <summary><b>{texts.pages.changes[revision.type] ?? revision.type}</b> <span className="dim num">{formatTime(revision.time)} {revision.source !== '' && texts.pages.by(revision.source)}</span></summary>
          <Html html={revision.content} />
        </details>
      ))}
    </section>
  );
}
