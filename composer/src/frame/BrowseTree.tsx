import { Button } from '@fluentui/react-components';
import { ChevronDownRegular } from '@fluentui/react-icons/svg/chevron-down';
import { PanelLeftRegular } from '@fluentui/react-icons/svg/panel-left';
import { useState, type KeyboardEvent } from 'react';
import { NavLink, useMatch } from 'react-router';
import { mostListed } from '../api/entities';
import { useKindList } from '../api/lists';
import { usePreferences } from '../app/preferences';
import { formatCount } from '../parts/format';
import { browseGroups, kinds, kindTexts, type BrowseGroup, type Kind } from '../registry';
import { texts } from '../texts';
import css from './BrowseTree.module.css';
import { useShortcut } from './shortcuts';

/** The kinds of entities in their groups, with how many there are. Over the page where it has no room beside it. */
export function BrowseTree({ onHide, isOver = false }: { onHide: () => void; isOver?: boolean }) {
  useShortcut({ keys: 'Escape', does: texts.frame.hideTree, isGlobal: true, isOff: !isOver, inFields: true }, onHide);
  return (
    <>
      {isOver && <div className={css.shade} onClick={onHide} />}
      <nav className={css.tree} aria-label={texts.frame.browse} data-over={isOver || undefined} data-region="tree" onKeyDown={moveBetweenItems}>
        <div className={css.head}>
          <b>{texts.frame.browse}</b>
          <Button size="small" appearance="subtle" icon={<PanelLeftRegular />} aria-label={texts.frame.hideTree} title={texts.frame.hideTree} onClick={onHide} />
        </div>
        {browseGroups.map(group => <Group key={group} group={group} />)}
      </nav>
    </>
  );
}

function Group({ group }: { group: BrowseGroup }) {
  const { foldedGroups, set } = usePreferences();
  const isFolded = foldedGroups.includes(group);
  const toggle = () => set({ foldedGroups: isFolded ? foldedGroups.filter(one => one !== group) : [...foldedGroups, group] });
  return (
    <div role="group" aria-label={texts.groups[group]}>
      <button type="button" className={css.group} aria-expanded={!isFolded} onClick={toggle}><ChevronDownRegular aria-hidden />{texts.groups[group]}</button>
      {!isFolded && kinds.filter(kind => kind.group === group).map(kind => <Item key={kind.id} kind={kind} />)}
    </div>
  );
}

function Item({ kind }: { kind: Kind }) {
  const list = useKindList(kind);
  const [count, setCount] = useState<number | undefined>();
  // The number stays while the list is fetched anew.
  if (list.data && list.data.length !== count) setCount(list.data.length);
  const isHere = useMatch(`/browse/${kind.id}`) !== null;
  return (
    <NavLink to={`/browse/${kind.id}`} className={css.item} aria-current={isHere ? 'page' : undefined} data-inset>
      <kind.icon aria-hidden /><span className="ellipsis">{kindTexts(kind).many}</span>
      {count !== undefined && <i className="num">{formatCount(count)}{count === mostListed ? '+' : ''}</i>}
    </NavLink>
  );
}

function moveBetweenItems(event: KeyboardEvent<HTMLElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('a,[role=group] > button')];
  const here = items.findIndex(item => item === document.activeElement);
  items[Math.min(items.length - 1, Math.max(0, here + step))]?.focus();
  event.preventDefault();
}
