import { Dialog, DialogSurface } from '@fluentui/react-components';
import { SearchRegular } from '@fluentui/react-icons/svg/search';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { useSession } from '../app/session';
import { texts } from '../texts';
import css from './Palette.module.css';
import { usePaletteItems } from './paletteItems';

/** Search and commands: one field for everything. Open while `text` is given. */
export function Palette({ text, onClose }: { text: string | undefined; onClose: () => void }) {
  return (
    <Dialog open={text !== undefined} onOpenChange={(_, { open }) => { if (!open) onClose(); }}>
      <DialogSurface className={css.surface} aria-label={texts.palette.title}>{text !== undefined && <Content start={text} onClose={onClose} />}</DialogSurface>
    </Dialog>
  );
}

function Content({ start, onClose }: { start: string; onClose: () => void }) {
  const navigate = useNavigate();
  const session = useSession();
  const listId = useId();
  const [text, setText] = useState(start);
  const [place, setPlace] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const { items, isSearching } = usePaletteItems(text);
  const active = items[Math.min(place, items.length - 1)];
  useEffect(() => void list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }), [active]);

  const run = (item: typeof active) => {
    if (!item) return;
    onClose();
    item.run({ navigate, session });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined) setPlace(Math.max(0, Math.min(items.length - 1, place + step)));
    else if (event.key === 'Enter') run(active);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div className={css.field}>
        <SearchRegular aria-hidden />
        <input
          autoFocus role="combobox" aria-expanded aria-controls={listId} aria-activedescendant={active ? `${listId}-${active.id}` : undefined} aria-label={texts.palette.title} spellCheck={false}
          placeholder={texts.frame.search} value={text} onChange={event => { setText(event.target.value); setPlace(0); }} onKeyDown={onKeyDown}
        />
      </div>
      <div ref={list} id={listId} role="listbox" aria-label={texts.palette.results} className={css.list}>
        {items.map((item, index) => (
          <div key={item.id}>
            {item.group !== items[index - 1]?.group && <div className={css.group} role="presentation">{item.group}</div>}
            <div id={`${listId}-${item.id}`} role="option" aria-selected={item === active} className={css.item} onClick={() => run(item)} onMouseMove={() => setPlace(index)}>
              {item.icon && <item.icon aria-hidden />}<span className={css.title}>{item.title}</span><span className={`${css.detail} ellipsis`}>{item.detail}</span>{item.keys && <kbd>{item.keys}</kbd>}
            </div>
          </div>
        ))}
        {items.length === 0 && !isSearching && <div className={css.nothing}>{texts.palette.nothing(text)}</div>}
      </div>
      <div className={css.foot}>
        <span><kbd>↑</kbd> <kbd>↓</kbd> {texts.palette.choose}</span><span><kbd>Enter</kbd> {texts.palette.open}</span><span><kbd>&gt;</kbd> {texts.palette.commands}</span><span><kbd>#</kbd> {texts.palette.tags}</span><span><kbd>@</kbd> {texts.palette.servers}</span><span><kbd>.</kbd> {texts.palette.services}</span>
      </div>
    </>
  );
}
