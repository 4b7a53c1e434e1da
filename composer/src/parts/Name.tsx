import css from './Name.module.css';

/** So many signs at the end of a name always show: there names differ. */
const kept = 8;

/** A name that is cut in the middle where room is scarce; whole on hover. */
export function Name({ name }: { name: string }) {
  const at = Math.max(0, name.length - kept);
  return <span className={css.name} title={name}><span className={css.start}>{name.slice(0, at)}</span><span className={css.end}>{name.slice(at)}</span></span>;
}
