import { Link as Anchor } from 'react-router';
import { RowSkeletons } from '../../../parts/Skeletons';
import type { BoundThing, Link } from '../../../parts/links/links';
import { LinkState } from '../../../parts/links/LinkState';
import { texts } from '../../../texts';
import { useAskedFor } from '../useSubscribers';
import css from './Detail.module.css';
import { Few } from './Few';

const addressOf = (name: string) => `/Things/${encodeURIComponent(name)}`;

/** The Things here that stand for Things of the link's publisher. */
export function ThingsHere({ things }: { things: readonly BoundThing[] | undefined }) {
  const words = texts.federation;
  return (
    <section aria-label={words.thingsHere}>
      <h3 className={css.subtitle}>{words.thingsHere}</h3>
      {things === undefined ? <RowSkeletons rows={3} /> : (
        <Few items={things} className={css.things} none={words.noThings} keyOf={thing => thing.name}>
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
      <Few items={names} className={css.things} none={words.noThings} keyOf={name => name}>{name => <Anchor to={addressOf(name)} className="ellipsis">{name}</Anchor>}</Few>
    </section>
  );
}
