import type { ReactNode } from 'react';
import css from './Facts.module.css';

/** Read-only facts: a name and its value each. What is undefined is left out. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <dl className={css.facts}>
      {facts.filter(([, value]) => value !== undefined && value !== '').map(([name, value]) => (
        <div key={name}><dt>{name}</dt><dd>{value}</dd></div>
      ))}
    </dl>
  );
}
