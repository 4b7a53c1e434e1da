import { useLayoutEffect, useRef } from 'react';
import { safeHtml } from './safeHtml';
import css from './Html.module.css';

/** HTML that people wrote, made safe. */
export function Html({ html }: { html: string }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => box.current?.replaceChildren(safeHtml(html)), [html]);
  return <div ref={box} className={css.html} />;
}

/** The look of such HTML, for the editor. */
export const htmlClass = css.html ?? '';
