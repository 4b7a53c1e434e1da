import { Button, Textarea } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { keys } from '../../../app/queries';
import { useRefusals } from '../../../app/rights';
import { useSession } from '../../../app/session';
import { Age } from '../../../parts/Age';
import { confirm } from '../../../parts/confirm';
import { ErrorBar } from '../../../parts/ErrorBar';
import { Html } from '../../../parts/Html';
import { htmlOfText } from '../../../parts/safeHtml';
import { texts } from '../../../texts';
import { treeOf, type Articles, type Branch, type Comment } from './articles';
import css from './Articles.module.css';
import { Stars } from './Stars';

/** Comments on an article and their answers. */
export function Comments({ articles, article, onChange }: { articles: Articles; article: string; onChange: () => void }) {
  const { user } = useSession();
  const refusals = useRefusals(articles.entity);
  const [noComment, noRemove, noRate] = [refusals.service(articles.writers.comment), refusals.service(articles.writers.removeComment), refusals.service(articles.writers.rate)];
  const [answering, setAnswering] = useState<string | undefined>();
  const [failure, setFailure] = useState<unknown>();
  const found = useQuery({ queryKey: [...keys.entity('Things', articles.thing), 'comments', article], queryFn: ({ signal }) => articles.comments(article, signal) });
  const act = async (work: () => Promise<unknown>): Promise<boolean> => {
    setFailure(undefined);
    try {
      await work();
      await found.refetch();
      onChange();
      return true;
    } catch (error) {
      setFailure(error);
      return false;
    }
  };
  const add = async (answered: string, content: string) => {
    const isDone = await act(() => articles.addComment(article, answered, htmlOfText(content), user));
    if (isDone) setAnswering(undefined);
    return isDone;
  };
  const remove = async (comment: Comment) => {
    if (await confirm({ title: texts.pages.deleteComment, action: texts.pages.deleteComment, isDangerous: true })) await act(() => articles.removeComment(comment.id));
  };
  const show = ({ item, below }: Branch<Comment>) => (
    <li key={item.id} className={css.comment}>
      <header>
        <b>{item.source || '–'}</b><Age time={item.time} /><Stars rating={item.rating} votes={item.votes} refusal={noRate} onRate={stars => void act(() => articles.rate(item.id, stars))} /><div className="grow" />
        <Button size="small" appearance="transparent" disabled={noComment !== undefined} title={noComment} onClick={() => setAnswering(answering === item.id ? undefined : item.id)}>{texts.pages.answer}</Button>
        <Button size="small" appearance="transparent" aria-label={texts.pages.deleteComment} disabled={noRemove !== undefined} title={noRemove} onClick={() => void remove(item)}>{texts.actions.delete}</Button>
      </header>
      <Html html={item.content} />
      {answering === item.id && <Write label={texts.pages.answerTo} action={texts.pages.answer} onSend={content => add(item.id, content)} />}
      {below.length > 0 && <ul>{below.map(show)}</ul>}
    </li>
  );
  return (
    <section className={css.comments} aria-label={texts.pages.comments(0)}>
      <h3>{texts.pages.comments(found.data?.length ?? 0)}</h3>
      <ErrorBar error={failure ?? found.error} isBare />
      <ul>{treeOf(found.data ?? []).map(show)}</ul>
      <Write label={texts.pages.comment} action={texts.pages.addComment} refusal={noComment} onSend={content => add('', content)} />
    </section>
  );
}

function Write({ label, action, refusal, onSend }: { label: string; action: string; refusal?: string | undefined; onSend: (content: string) => Promise<boolean> }) {
  const [typed, setTyped] = useState('');
  const send = async () => { if (typed.trim() !== '' && await onSend(typed.trim())) setTyped(''); };
  return (
    <form className={css.write} onSubmit={event => { event.preventDefault(); void send(); }}>
      <Textarea size="small" rows={2} resize="vertical" aria-label={label} placeholder={label} disabled={refusal !== undefined} title={refusal} value={typed} onChange={(_, data) => setTyped(data.value)} onKeyDown={event => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send(); }} />
      <Button size="small" type="submit" disabled={typed.trim() === ''}>{action}</Button>
    </form>
  );
}
