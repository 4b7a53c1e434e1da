import { Button } from '@fluentui/react-components';
import { useState, type ReactNode } from 'react';
import { texts } from '../../../texts';

const fewShown = 12;

interface Properties<T> {
  items: readonly T[];
  keyOf: (item: T) => string;
  /** Said where there are none. */
  none: string;
  className: string | undefined;
  children: (item: T) => ReactNode;
}

/** A list of which the first few show until more are asked for. */
export function Few<T>({ items, keyOf, none, className, children }: Properties<T>) {
  const [all, setAll] = useState(false);
  const shown = all ? items : items.slice(0, fewShown);
  if (items.length === 0) return <p className="hint">{none}</p>;
  return (
    <>
      <ul className={className}>{shown.map(item => <li key={keyOf(item)}>{children(item)}</li>)}</ul>
      {shown.length < items.length && <Button size="small" appearance="subtle" onClick={() => setAll(true)}>{texts.federation.showMore(items.length - shown.length)}</Button>}
    </>
  );
}
