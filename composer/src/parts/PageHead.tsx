import type { FluentIcon } from '@fluentui/react-icons';
import type { ReactNode } from 'react';
import { Name } from './Name';
import css from './PageHead.module.css';

interface Properties {
  icon: FluentIcon;
  title: string;
  /** What it is, in a sentence or marks. */
  hint?: ReactNode;
  /** Buttons at the end. */
  children?: ReactNode;
}

/** The head of a page: the one h1, what it is, what can be done with the whole. */
export function PageHead({ icon: Icon, title, hint, children }: Properties) {
  return (
    <header className={css.head}>
      <div className={css.icon}><Icon aria-hidden /></div>
      <div className={css.title}>
        <h1><Name name={title} /></h1>
        {hint && <div className={css.hint}>{hint}</div>}
      </div>
      {children && <div className={css.actions}>{children}</div>}
    </header>
  );
}
