import css from './Server.module.css';

/** A server is always mark and name; the mark of the server that you are on is filled. */
export function Server({ name, here = false, big = false }: { name: string; here?: boolean; big?: boolean }) {
  return (
    <span className={css.server} title={name}>
      <span className={css.mark} data-here={here || undefined} data-big={big || undefined} aria-hidden>{markOf(name)}</span>
      <span className="ellipsis">{name}</span>
    </span>
  );
}

/** Two letters that tell servers apart: ServerA is SA, LuebeckHQ is LH, riga is RI. */
export function markOf(name: string): string {
  const words = name.match(/[\p{Lu}\d]+(?![\p{Ll}])|\p{Lu}?\p{Ll}+|\d+/gu) ?? [name];
  const letters = words.length > 1 ? `${words[0]?.[0] ?? ''}${words.at(-1)?.[0] ?? ''}` : name.slice(0, 2);
  return letters.toUpperCase();
}
