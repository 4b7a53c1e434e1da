import { Button } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { DocumentDismissRegular } from '@fluentui/react-icons/svg/document-dismiss';
import { EditRegular } from '@fluentui/react-icons/svg/edit';
import { HistoryRegular } from '@fluentui/react-icons/svg/history';
import { PinRegular } from '@fluentui/react-icons/svg/pin';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../../../app/queries';
import { useRefusals } from '../../../app/rights';
import { tell } from '../../../frame/status';
import { Age } from '../../../parts/Age';
import { confirm } from '../../../parts/confirm';
import { EmptyState } from '../../../parts/EmptyState';
import { ErrorBar } from '../../../parts/ErrorBar';
import { Html } from '../../../parts/Html';
import { RowSkeletons } from '../../../parts/Skeletons';
import { texts } from '../../../texts';
import type { Articles } from './articles';
import css from './Articles.module.css';
import { Comments } from './Comments';
import { Stars } from './Stars';

interface Properties {
  articles: Articles;
  id: string;
  /** Goes to another view of this article, or of none. */
  onGo: (id: string, view?: 'edit' | 'history' | 'below') => void;
  /** The list has to be read anew. */
  onChange: () => void;
}

/** One article to read, with its comments. */
export function ArticleView({ articles, id, onGo, onChange }: Properties) {
  const client = useQueryClient();
  const refusals = useRefusals(articles.entity);
  const right = (writing: keyof Articles['writers']) => { const refusal = refusals.service(articles.writers[writing]); return refusal === undefined ? {} : { disabled: true, title: refusal }; };
  const [failure, setFailure] = useState<unknown>();
  const found = useQuery({ queryKey: [...keys.entity('Things', articles.thing), 'article', id], queryFn: async ({ signal }) => (await articles.read(id, signal)) ?? null });
  if (found.isPending) return <RowSkeletons />;
  if (found.error) return <ErrorBar error={found.error} isBare />;
  const article = found.data;
  if (!article) return <EmptyState icon={DocumentDismissRegular} title={texts.entity.absent(texts.pages.article, id, articles.thing)} />;

  const act = async (work: () => Promise<unknown>) => {
    setFailure(undefined);
    try {
      await work();
      onChange();
      await found.refetch();
    } catch (error) {
      setFailure(error);
    }
  };
  const remove = async () => {
    const title = texts.pages.deleteTitle(article.title);
    if (!(await confirm({ title, detail: articles.kind === 'wiki' ? texts.pages.deletePageHint : texts.pages.deleteEntryHint, action: title, isDangerous: true }))) return;
    try {
      await articles.remove(id);
      tell(texts.pages.deleted(article.title));
      // What is gone is not asked for again, also while this still shows.
      client.setQueryData([...keys.entity('Things', articles.thing), 'article', id], null);
      onGo('');
      onChange();
    } catch (error) {
      setFailure(error);
    }
  };
  return (
    <article>
      <div className={css.head}>
        <h2>{article.title}</h2>
        <Button size="small" icon={<EditRegular />} {...right('change')} onClick={() => onGo(id, 'edit')}>{texts.pages.edit}</Button>
        {articles.kind === 'wiki' && <Button size="small" icon={<AddRegular />} {...right('add')} onClick={() => onGo(id, 'below')}>{texts.pages.newBelow}</Button>}
        {articles.history && <Button size="small" icon={<HistoryRegular />} onClick={() => onGo(id, 'history')}>{texts.pages.history}</Button>}
        {articles.kind === 'blog' && <Button size="small" icon={<PinRegular />} {...right('stick')} onClick={() => void act(() => articles.stick(id, !article.isSticky))}>{article.isSticky ? texts.pages.unsticky : texts.pages.sticky}</Button>}
        <Button size="small" icon={<DeleteRegular />} {...right('remove')} onClick={() => void remove()}>{texts.pages.delete}</Button>
      </div>
      <div className={css.facts}>
        <span><Age time={article.time} /> {article.source !== '' && texts.pages.by(article.source)}</span>
        {article.isSticky && <span>{texts.pages.isSticky}</span>}
        {article.tags !== '' && article.tags.split(';').map(tag => <i key={tag}>{tag}</i>)}
        <Stars rating={article.rating} votes={article.votes} refusal={refusals.service(articles.writers.rate)} onRate={stars => void act(() => articles.rate(id, stars))} />
      </div>
      <ErrorBar error={failure} isBare />
      <Html html={article.content} />
      <Comments articles={articles} article={id} onChange={onChange} />
    </article>
  );
}
