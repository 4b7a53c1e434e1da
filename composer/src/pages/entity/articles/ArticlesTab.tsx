import { Button } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { EntityDocument } from '../../../api/entities';
import { readTable } from '../../../api/infotable';
import { useLive } from '../../../api/live';
import { invoke } from '../../../api/services';
import { entityKey } from '../../../app/entityDraft';
import { keys } from '../../../app/queries';
import { useRefusals } from '../../../app/rights';
import { useShortcut } from '../../../frame/shortcuts';
import { useStatus } from '../../../frame/status';
import { Age } from '../../../parts/Age';
import { Chip } from '../../../parts/Chip';
import { EmptyState } from '../../../parts/EmptyState';
import { ErrorBar } from '../../../parts/ErrorBar';
import { FilterBox } from '../../../parts/FilterBox';
import { RowSkeletons } from '../../../parts/Skeletons';
import type { Kind } from '../../../registry';
import { texts } from '../../../texts';
import { ArticleEditor } from './ArticleEditor';
import { ArticleHistory } from './ArticleHistory';
import { articlesOf, orders, readArticle, treeOf, type Article, type Branch } from './articles';
import css from './Articles.module.css';
import { ArticleView } from './ArticleView';

/** How often the list is looked at again, ms. */
const every = 2_000;

/** A wiki or a blog: its pages or entries at the left, one of them at the right. The address says which: `wiki/12`, `wiki/12/edit`, `wiki/new?below=12`. */
export function ArticlesTab({ kind, entity, type }: { kind: Kind; entity: EntityDocument; type: 'wiki' | 'blog' }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [address, setAddress] = useSearchParams();
  const [id = '', view = ''] = (useParams()['*'] ?? '').split('/').map(decodeURIComponent);
  const articles = useMemo(() => articlesOf(entity, type), [entity, type]);
  const order = address.get('order') ?? 'Newest';
  const words = address.get('q') ?? '';
  const key = [...keys.entity('Things', entity.name), 'articles', order];
  const asked = articles.list(order);
  const list = useQuery({ queryKey: key, queryFn: async ({ signal }) => (await invoke('Things', entity.name, asked.service, asked.arguments, signal)).rows.map(readArticle) });
  useLive({ topic: 'result', entity: `Things/${entity.name}`, service: asked.service, arguments: asked.arguments, every }, event => client.setQueryData(key, event === null ? [] : readTable(event).rows.map(readArticle)));
  const search = useQuery({ queryKey: [...key, words], queryFn: ({ signal }) => articles.search(words, signal), enabled: words.trim() !== '' });

  const base = `${entityKey(entity.kind, entity.name)}/${type}`;
  const filters = new URLSearchParams(address);
  filters.delete('below');
  const query = filters.size === 0 ? '' : `?${filters.toString()}`;
  const go = (to: string, next?: 'edit' | 'history' | 'below') =>
    void navigate(next === 'below' ? `${base}/new?below=${encodeURIComponent(to)}` : `${base}${to === '' ? '' : `/${encodeURIComponent(to)}`}${next === undefined ? '' : `/${next}`}${query}`);
  const lists = [...keys.entity('Things', entity.name), 'articles'];
  const refresh = () => void client.invalidateQueries({ queryKey: lists });
  // What has been written is read anew.
  const reread = (article: string) => {
    client.removeQueries({ queryKey: [...keys.entity('Things', entity.name), 'article', article] });
    client.removeQueries({ queryKey: [...keys.entity('Things', entity.name), 'revisions', article] });
    refresh();
  };
  const put = (name: string, value: string) => setAddress(current => {
    const next = new URLSearchParams(current);
    if (value === '') next.delete(name); else next.set(name, value);
    return next;
  }, { replace: true });
  const isWiki = type === 'wiki';
  const refusals = useRefusals(entity);
  const [noNew, noChange] = [refusals.service(articles.writers.add), refusals.service(articles.writers.change)];
  const makeNew = () => void navigate(`${base}/new`);
  useShortcut({ keys: 'N', does: isWiki ? texts.pages.newPage : texts.pages.newEntry, isOff: noNew !== undefined }, makeNew);
  useShortcut({ keys: 'E', does: texts.pages.edit, isOff: id === '' || id === 'new' || noChange !== undefined }, () => go(id, 'edit'));
  const all = list.data ?? [];
  useStatus(list.data === undefined ? '' : isWiki ? texts.pages.pageCount(all.length) : texts.pages.entryCount(all.length));

  const shown = words.trim() === '' ? all : search.data ?? [];
  const link = (article: Article) => `${base}/${encodeURIComponent(article.id)}${query}`;
  const branch = ({ item, below }: Branch<Article>) => (
    <li key={item.id}>
      <Link className={css.link} to={link(item)} aria-current={item.id === id ? 'page' : undefined}><span className="ellipsis" title={item.title}>{item.title}</span></Link>
      {below.length > 0 && <ul>{below.map(branch)}</ul>}
    </li>
  );
  return (
    <div className={css.page}>
      <nav className={css.side} aria-label={isWiki ? texts.pages.tree : texts.pages.entries}>
        <div className={css.tools}>
          <FilterBox value={words} label={isWiki ? texts.pages.search : texts.pages.searchEntries} onChange={value => put('q', value)} />
          <Button size="small" appearance="primary" icon={<AddRegular />} disabled={noNew !== undefined} title={noNew} onClick={makeNew}>{isWiki ? texts.pages.newPage : texts.pages.newEntry}</Button>
          {!isWiki && <Chip label={texts.pages.order} value={order} values={[...orders]} wordOf={one => texts.pages.orders[one] ?? one} onChange={value => put('order', value === 'Newest' ? '' : value)} />}
        </div>
        <ErrorBar error={list.error ?? search.error} isBare />
        <div className={css.list}>
          {list.isPending && <RowSkeletons />}
          {isWiki && <ul>{treeOf(shown).map(branch)}</ul>}
          {!isWiki && (
            <ul>
              {shown.map(article => (
                <li key={article.id}>
                  <Link className={css.entry} to={link(article)} aria-current={article.id === id ? 'page' : undefined}>
                    <b title={article.title}>{article.title}</b>
                    <span className="hint">{article.source} <Age time={article.time} />{article.comments > 0 && ` · ${texts.pages.comments(article.comments)}`}{article.isSticky && ` · ${texts.pages.isSticky}`}</span>
                  </Link>
                </li>
              ))}
            </ul>
          )}
          {words.trim() !== '' && search.data?.length === 0 && <EmptyState title={texts.pages.noneFound} hint={texts.pages.noneFoundHint} />}
        </div>
      </nav>
      <div className={css.main}>
        {id === 'new' && <ArticleEditor key="new" articles={articles} pages={all} parent={address.get('below') ?? ''} onDone={made => { refresh(); go(made); }} onCancel={() => go(address.get('below') ?? '')} />}
        {id !== '' && id !== 'new' && view === '' && <ArticleView key={id} articles={articles} id={id} onGo={go} onChange={refresh} />}
        {id !== '' && view === 'history' && <ArticleHistory articles={articles} id={id} onBack={() => go(id)} />}
        {id !== '' && view === 'edit' && <Edit articles={articles} id={id} pages={all} onDone={() => { reread(id); go(id); }} onCancel={() => go(id)} />}
        {id === '' && list.data !== undefined && (all.length === 0
          ? <EmptyState icon={kind.icon} title={isWiki ? texts.pages.noPages : texts.pages.noEntries} hint={isWiki ? texts.pages.noPagesHint : texts.pages.noEntriesHint} {...(noNew === undefined ? { action: { label: isWiki ? texts.pages.newPage : texts.pages.newEntry, run: makeNew, isPrimary: true } } : {})} />
          : <EmptyState icon={kind.icon} title={isWiki ? texts.pages.choosePage : texts.pages.chooseEntry} />)}
      </div>
    </div>
  );
}

function Edit({ id, articles, ...rest }: Omit<React.ComponentProps<typeof ArticleEditor>, 'article' | 'parent'> & { id: string }) {
  const found = useQuery({ queryKey: [...keys.entity('Things', articles.thing), 'article', id], queryFn: async ({ signal }) => (await articles.read(id, signal)) ?? null });
  if (found.error) return <ErrorBar error={found.error} isBare />;
  return found.data ? <ArticleEditor key={id} {...rest} articles={articles} article={found.data} parent="" /> : <RowSkeletons />;
}
