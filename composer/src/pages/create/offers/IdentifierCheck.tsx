import { Button } from '@fluentui/react-components';
import { CheckmarkCircleRegular } from '@fluentui/react-icons/svg/checkmark-circle';
import { WarningRegular } from '@fluentui/react-icons/svg/warning';
import { useSettled } from '../../../parts/useSettled';
import { texts } from '../../../texts';
import { nearest, parseIdentifier } from './compare';
import css from './OfferChoice.module.css';
import { useOffers, type Offer } from './offers';

interface Properties {
  template: string;
  identifier: string;
  /** Goes back to what is offered. */
  onChoose?: (() => void) | undefined;
}

/** Says whether what an Identifier names is offered, and what is near it where it is not. It may be saved all the same: it is bound when it is offered. */
export function IdentifierCheck({ template, identifier, onChoose }: Properties) {
  const settled = useSettled(identifier.trim(), 300);
  const offers = useOffers(template);
  const sentence = settled === '' || !offers.isSuccess ? undefined : judge(settled, offers.data);
  return (
    <div className={css.check} role="status">
      {sentence && <>{sentence.isFine ? <CheckmarkCircleRegular color="var(--s-live-fg)" aria-hidden /> : <WarningRegular color="var(--s-delayed-fg)" aria-hidden />}<span>{sentence.text}</span></>}
      {onChoose && <Button size="small" appearance="transparent" onClick={onChoose}>{texts.create.identifier.choose}</Button>}
    </div>
  );
}

function judge(identifier: string, offers: readonly Offer[]): { readonly isFine: boolean; readonly text: string } {
  const words = texts.create.identifier;
  const named = parseIdentifier(identifier);
  if (!named) return { isFine: false, text: words.form };
  const there = offers.filter(offer => offer.server === named.server);
  if (there.some(offer => offer.name === named.thing)) return { isFine: true, text: words.offered(named.thing, named.server) };
  const servers = [...new Set(offers.map(offer => offer.server))];
  return { isFine: false, text: there.length === 0 ? words.noServer(named.server, servers) : words.noThing(named.server, named.thing, nearest(named.thing, there.map(offer => offer.name))) };
}
