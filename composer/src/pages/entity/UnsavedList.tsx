import type { Json } from '../../api/infotable';
import { texts } from '../../texts';
import css from './UnsavedList.module.css';
import type { Change } from './useEditor';

/** A value in words. */
export function showValue(value: Json | undefined): string {
  if (value === undefined || value === null || value === '') return texts.entity.nothing;
  if (typeof value === 'boolean') return value ? texts.yes : texts.no;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** What is edited and not saved: old and new. */
export function UnsavedList({ changes }: { changes: readonly Change[] }) {
  if (changes.length === 0) return null;
  return (
    <section className={css.unsaved} aria-label={texts.entity.notSavedYet}>
      <h2>{texts.entity.notSavedYet}</h2>
      <div className={css.card}>
        {changes.map(change => (
          <div key={`${change.tab}.${change.field}`} className={css.change}><b>{change.label}</b><span>{change.from !== undefined && <><s>{showValue(change.from)}</s> </>}{showValue(change.to)}</span></div>
        ))}
      </div>
    </section>
  );
}
