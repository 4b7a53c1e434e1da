import { useState } from 'react';
import { Button } from '@fluentui/react-components';
import { Link as Anchor } from 'react-router';
import { RowSkeletons } from '../../../parts/Skeletons';
import type { Link } from '../../../parts/links/links';
import { LinkState } from '../../../parts/links/LinkState';
import { useBoundThings } from '../../../parts/links/useLinks';
import { texts } from '../../../texts';
import { useAskedFor } from '../useSubscribers';
import css from './Detail.module.css';

const fewShown = 12;
const addressOf = (name: string) => `/Things/${encodeURIComponent(name)}`;

/** The Things here that stand for Things of the link's publisher. */
export function ThingsHere({ link }: { link: Link }) {
  const words = texts.federation;
  const things = useBoundThings()?.filter(thing => thing.server === link.server);
  return (
    <section aria-label={words.thingsHere}>
      <h3 className={css.subtitle}>{words.thingsHere}</h3>
      {things === undefined ? <RowSkeletons rows={3} /> : (
        <Few items={things} keyOf={thing => thing.name}>
          {thing => (
            <>
              <Anchor to={addressOf(thing.name)} className="ellipsis" title={thing.identifier}>{thing.name}</Anchor><span className="grow" />
              {thing.waiting > 0 && <span className="num" data-live>{words.waiting(thing.waiting)}</span>}
              {thing.state ? <LinkState of={{ ...thing, state: thing.state }} isPlain /> : <span className="hint" title={words.boundHint}>{words.bound}</span>}
            </>
          )}
        </Few>
      )}
    </section>
  );
}

/** The published Things that the link's subscriber has a proxy for. */
export function ThingsThere({ link }: { link: Link }) {
  const words = texts.federation;
  const names = [...(useAskedFor([link.server], String(link.things)).get(link.server) ?? [])];
  return (
    <section aria-label={words.thingsThere}>
      <h3 className={css.subtitle}>{words.thingsThere}</h3>
      <Few items={names} keyOf={name => name}>{name => <Anchor to={addressOf(name)} className="ellipsis">{name}</Anchor>}</Few>
    </section>
  );
}

/** A list of which the first few show until more are asked for. */
function Few<T>({ items, keyOf, children }: { items: readonly T[]; keyOf: (item: T) => string; children: (item: T) => React.ReactNode }) {
  const [all, setAll] = useState(false);
  const shown = all ? items : items.slice(0, fewShown);
  if (items.length === 0) return <p className="hint">{texts.federation.noThings}</p>;
  return (
    <>
      <ul className={css.things}>{shown.map(item => <li key={keyOf(item)}>{children(item)}</li>)}</ul>
      {shown.length < items.length && <Button size="small" appearance="subtle" onClick={() => setAll(true)}>{texts.federation.moreThings(items.length - shown.length)}</Button>}
    </>
  );
}
