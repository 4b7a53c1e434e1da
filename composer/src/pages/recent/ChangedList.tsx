import { Link } from 'react-router';
import type { EntityRow } from '../../api/entities';
import { entityKey } from '../../app/entityDraft';
import { Age } from '../../parts/Age';
import { ErrorBar } from '../../parts/ErrorBar';
import { RowSkeletons } from '../../parts/Skeletons';
import { kindOfRow } from '../../registry';
import { texts } from '../../texts';
import css from './RecentPage.module.css';

/** What anybody changed, newest first. */
export function ChangedList({ rows, error }: { rows: readonly EntityRow[] | undefined; error: unknown }) {
  return (
    <section aria-labelledby="changed">
      <h2 id="changed" className={css.title}>{texts.recent.changed}</h2>
      <ErrorBar error={error} isBare />
      {rows === undefined && !error && <RowSkeletons />}
      <ul className={css.list}>
        {rows?.map(row => {
          const kind = kindOfRow(row);
          return kind && (
            <li key={`${row.type}/${row.name}`} className={css.item}><kind.icon aria-hidden /><Link to={entityKey(kind.collection, row.name)} title={row.name}>{row.name}</Link><span className="hint ellipsis">{row.parent || row.type}</span><span className="grow" /><span className="hint"><Age time={row.modified} /></span></li>
          );
        })}
      </ul>
    </section>
  );
}
