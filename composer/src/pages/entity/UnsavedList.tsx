import { texts } from '../../texts';
import { showChange } from './showValue';
import css from './UnsavedList.module.css';
import type { Change } from './useEditor';

/** What is edited and not saved: old and new. */
export function UnsavedList({ changes }: { changes: readonly Change[] }) {
  if (changes.length === 0) return null;
  return (
    <section className={css.unsaved} aria-label={texts.entity.notSavedYet}>
      <h2>{texts.entity.notSavedYet}</h2>
      <div className={css.card}>
        {changes.map(change => {
          const { from, to } = showChange(change.from, change.to, change.show);
          return <div key={`${change.tab}.${change.field}`} className={css.change}><b>{change.label}</b><span>{from !== undefined && <><s>{from}</s> </>}{to}</span></div>;
        })}
      </div>
    </section>
  );
}
