import { Link } from 'react-router';
import { markOfDocument, pageOf, useDocuments } from '../../frame/documents';
import { Age } from '../../parts/Age';
import { texts } from '../../texts';
import css from './RecentPage.module.css';

// Nobody comes back to these by way of a list.
const passing = ['create', 'recent', 'search'];

/** What was opened in this browser tab, newest first. */
export function OpenedList({ most }: { most: number }) {
  const { recent, open } = useDocuments();
  const shown = recent.filter(({ key }) => !passing.includes(pageOf(key)?.page.id ?? '')).flatMap(({ key, time }) => {
    const mark = markOfDocument(open.find(one => one.key === key) ?? { key });
    return mark ? [{ key, time, mark }] : [];
  }).slice(0, most);
  return (
    <section aria-labelledby="opened">
      <h2 id="opened" className={css.title}>{texts.recent.opened}</h2>
      {shown.length === 0 && <p className="hint">{texts.recent.nothingOpened}</p>}
      <ul className={css.list}>
        {shown.map(({ key, time, mark }) => <li key={key} className={css.item}><mark.icon aria-hidden /><Link to={key} title={mark.title}>{mark.title}</Link><span className="grow" /><span className="hint"><Age time={time} /></span></li>)}
      </ul>
    </section>
  );
}
