import css from './Name.module.css';

/** So many signs at the end of a name always show: there names differ. */
const kept = 8;

/** A name that is cut in the middle where room is scarce; whole on hover. */
export function Name({ name }: { name: string }) {
  const at = Math.max(0, name.length - kept);
  // Read aloud it is one word; cut in two it would be two.
  return <span className={css.name} title={name}><span className="hidden">{name}</span><span className={css.start} aria-hidden>{name.slice(0, at)}</span><span className={css.end} aria-hidden>{name.slice(at)}</span></span>;
}
