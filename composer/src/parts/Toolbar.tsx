import type { ReactNode } from 'react';
import css from './Toolbar.module.css';

/** Actions at the start, filter and view at the end. Words of secondary buttons go where room is scarce. */
export const Toolbar = ({ children, end }: { children?: ReactNode; end?: ReactNode }) => (
  <div className={css.bar} role="toolbar">{children}<div className="grow" />{end}</div>
);
