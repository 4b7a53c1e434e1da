import type { ReactNode } from 'react';
import css from './Toolbar.module.css';

/** Actions at the start, filter and view at the end. ToolButton is its secondary button. */
export const Toolbar = ({ children, end }: { children?: ReactNode; end?: ReactNode }) => (
  <div className={css.bar} role="toolbar">{children}<div className="grow" />{end}</div>
);
