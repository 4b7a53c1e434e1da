import { Button, SearchBox } from '@fluentui/react-components';
import { PlugDisconnectedRegular } from '@fluentui/react-icons/svg/plug-disconnected';
import { useState } from 'react';
import { useKindList } from '../../../api/lists';
import { refreshLists } from '../../../app/entityEvents';
import type { Fields } from '../../../app/draft';
import { toTable } from '../../../api/configuration';
import { call } from '../../../api/services';
import { useSession } from '../../../app/session';
import { tell } from '../../../frame/status';
import { ErrorBar } from '../../../parts/ErrorBar';
import { EmptyState } from '../../../parts/EmptyState';
import { fieldColumns, toRows } from '../../../parts/fields/fields';
import { Server } from '../../../parts/Server';
import { RowSkeletons } from '../../../parts/Skeletons';
import { kindTexts, type Kind } from '../../../registry';
import { texts } from '../../../texts';
import type { Comparison } from './compare';
import { CompareTable } from './CompareTable';
import { IdentifierCheck } from './IdentifierCheck';
import css from './OfferChoice.module.css';
import { useComparison, useOffers, type Offer } from './offers';

const words = texts.create.offers;

/** What publishers really offer that a Thing of the template can stand for. Choosing one proposes Identifier, name and Data Shape; an Identifier may also be typed. */
export function OfferChoice({ kind, template, onPropose }: { kind: Kind; template: string; onPropose: (proposal: Fields) => void }) {
  const { server } = useSession();
  const offers = useOffers(template);
  const all = offers.data ?? [];
  const comparisonOf = useComparison(all);
  const things = useKindList(kind);
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<string | undefined>();
  const [compared, setCompared] = useState<string | undefined>();
  const [error, setError] = useState<unknown>();

  const sought = typed.trim().toLowerCase();
  const shown = all.filter(offer => offer.identifier.toLowerCase().includes(sought) || offer.dataShape.toLowerCase().includes(sought));
  const offer = all.find(one => one.identifier === chosen);
  const isTyped = typed.includes('@');
  const propose = (next: Offer, hasShape: boolean) => {
    const isTaken = things.data?.some(one => one.name === next.name) ?? false;
    onPropose({ identifier: next.identifier, name: isTaken ? `Remote${next.name}` : next.name, ...(hasShape ? { dataShape: next.dataShape } : {}) });
  };
  const choose = (next: Offer) => {
    setChosen(next.identifier);
    propose(next, ['same', 'differs'].includes(comparisonOf(next)?.state ?? ''));
  };
  const copy = async (next: Offer) => {
    setError(undefined);
    try {
      await call('Resources/EntityServices', 'CreateDataShape', { name: next.dataShape, fields: toTable(fieldColumns, toRows(next.fields)) as { rows: [] } });
      refreshLists('DataShapes');
      tell(words.copied(next.dataShape));
      setChosen(next.identifier);
      propose(next, true);
    } catch (failure) {
      setError(failure);
    }
  };
  return (
    <div className={css.choice}>
      <div className={css.way} aria-hidden>
        <div className={css.end}><Server name={server.name} here /><span className="hint">{words.here(template)}</span></div>
        <div className={css.arrows}><span>{words.calls}</span><i /><i data-back /><span>{words.rows}</span></div>
        <div className={css.end}>{offer ? <Server name={offer.server} /> : <span className={css.any}>{words.anyServer}</span>}<span className="hint">{words.there(offer?.template ?? template.replace(/^Remote/, ''))}</span></div>
      </div>
      <div className={css.title}><h2>{words.title}</h2>{offers.isSuccess && all.length > 0 && <span className="hint">{words.count(all.length, kindTexts(kind), new Set(all.map(one => one.server)).size, all.filter(one => one.usedBy !== '').length)}</span>}</div>
      <SearchBox
        className={css.search} aria-label={words.find(kindTexts(kind).one)} placeholder={words.find(kindTexts(kind).one)} value={typed}
        onChange={(_, data) => {
          setTyped(data.value);
          if (!data.value.includes('@')) return;
          const exact = all.find(one => one.identifier === data.value.trim());
          if (exact) choose(exact);
          else { setChosen(undefined); onPropose({ identifier: data.value.trim() }); }
        }}
      />
      {isTyped && <IdentifierCheck template={template} identifier={typed} />}
      {offers.error && <ErrorBar error={offers.error} isBare action={{ label: texts.actions.tryAgain, run: () => void offers.refetch() }} />}
      {error !== undefined && <ErrorBar error={error} isBare />}
      {offers.isPending && <RowSkeletons rows={3} />}
      {offers.isSuccess && all.length === 0 && <EmptyState icon={PlugDisconnectedRegular} title={words.nothing} hint={words.nothingHint} />}
      {shown.length > 0 && (
        <div className={css.card}>
          <table className={css.table}>
            <thead><tr><th><span className="hidden">{texts.palette.choose}</span></th><th>{words.thing}</th><th>{words.server}</th><th>{words.shape}</th><th>{words.compared}</th></tr></thead>
            <tbody>
              {shown.map(one => {
                const comparison = comparisonOf(one);
                return (
                  <tr key={one.identifier} data-chosen={one.identifier === chosen || undefined} onClick={() => choose(one)}>
                    <td><input type="radio" name="offer" aria-label={one.identifier} checked={one.identifier === chosen} onChange={() => choose(one)} /></td>
                    <td><b>{one.name}</b>{one.usedBy !== '' && <div className="hint">{words.usedBy(one.usedBy)}</div>}</td>
                    <td><Server name={one.server} /></td>
                    <td className="dim">{one.dataShape}</td>
                    <td><Verdict comparison={comparison} isShown={compared === one.identifier} onCopy={() => void copy(one)} onCompare={() => setCompared(compared === one.identifier ? undefined : one.identifier)} /></td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {compared !== undefined && <CompareTable pairs={all.filter(one => one.identifier === compared).flatMap(one => comparisonOf(one)?.differences ?? [])} />}
      {offer && <div className="hint">{words.will} <span className="mono">{offer.identifier}</span>. {words.follows}</div>}
    </div>
  );
}

function Verdict({ comparison, isShown, onCopy, onCompare }: { comparison: Comparison | undefined; isShown: boolean; onCopy: () => void; onCompare: () => void }) {
  if (comparison === undefined) return null;
  const { state, differences } = comparison;
  const word = { same: words.same, absent: words.notHere, none: words.none, differs: words.differs(differences.filter(pair => !pair.isSame).length) }[state];
  return (
    <span className={css.verdict} data-state={state}>
      <span>{word}</span>
      {state === 'absent' && <Button size="small" appearance="transparent" onClick={event => { event.stopPropagation(); onCopy(); }}>{words.copy}</Button>}
      {state === 'differs' && <Button size="small" appearance="transparent" aria-expanded={isShown} onClick={event => { event.stopPropagation(); onCompare(); }}>{isShown ? words.hide : words.compare}</Button>}
    </span>
  );
}
