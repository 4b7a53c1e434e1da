import css from './Server.module.css';

/** A server is always mark and name, never cut; the mark of the server that you are on is filled. */
export function Server({ name, here = false, big = false }: { name: string; here?: boolean; big?: boolean }) {
  return (
    <span className={css.server} title={name}>
      <span className={css.mark} data-here={here || undefined} data-big={big || undefined} aria-hidden>{markOf(name)}</span>
      <span>{name}</span>
    </span>
  );
}

/** Two letters that tell servers apart: LuebeckHQ is LU; ServerA is SA and plant2 is P2, as there the last sign makes the difference. */
export function markOf(name: string): string {
  const last = /(?:\p{Ll}(\p{Lu})|\p{L}(\d))$/u.exec(name);
  return (last ? `${name[0] ?? ''}${last[1] ?? last[2] ?? ''}` : name.slice(0, 2)).toUpperCase();
}
