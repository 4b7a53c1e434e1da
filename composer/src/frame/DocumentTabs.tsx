import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, Overflow, OverflowItem, useIsOverflowItemVisible, useOverflowMenu } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { MoreHorizontalRegular } from '@fluentui/react-icons/svg/more-horizontal';
import { useRef, type KeyboardEvent, type MouseEvent } from 'react';
import { useNavigate } from 'react-router';
import { useDrafts } from '../app/drafts';
import { confirm } from '../parts/confirm';
import { Name } from '../parts/Name';
import type { DocumentMark } from '../registry';
import { texts } from '../texts';
import css from './DocumentTabs.module.css';
import { markOfDocument, useDocuments, type OpenDocument } from './documents';
import { useShortcut } from './shortcuts';

/** The open documents: one tab each, with its own address. */
export function DocumentTabs({ current }: { current: string | undefined }) {
  const { open, move } = useDocuments();
  const navigate = useNavigate();
  const close = useClose(current);
  const dragged = useRef<string | undefined>(undefined);
  const show = (document: OpenDocument | undefined) => void (document && navigate(document.address));

  const tabs = open.flatMap(document => {
    const mark = markOfDocument(document);
    return mark ? [{ document, mark }] : [];
  });
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, key: string) => {
    const index = open.findIndex(one => one.key === key);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === 'Delete') close([key]);
    else if (step !== undefined && event.ctrlKey && event.shiftKey) move(key, index + step);
    else if (step !== undefined) {
      const tab = event.currentTarget.parentElement?.querySelectorAll<HTMLElement>('[role=tab]')[index + step];
      tab?.focus();
      show(open[index + step]);
    } else return;
    event.preventDefault();
  };

  return (
    <nav className={css.bar} aria-label={texts.frame.documents} data-region="tabs">
      <DigitKeys open={open} show={show} />
      <Overflow minimumVisible={1}>
        <div className={css.tabs}>
          {/* The button of what does not fit is no tab, so it stands outside the list. */}
          <div className={css.list} role="tablist" aria-label={texts.frame.documents}>
            {tabs.map(({ document, mark }) => (
              <OverflowItem key={document.key} id={document.key} priority={document.key === current ? 2 : 1}>
                <Tab
                  document={document} mark={mark} isCurrent={document.key === current} show={() => show(document)} close={() => close([document.key])} onKeyDown={event => onKeyDown(event, document.key)}
                  drag={{
                    start: () => { dragged.current = document.key; },
                    over: () => { if (dragged.current && dragged.current !== document.key) move(dragged.current, open.findIndex(one => one.key === document.key)); },
                    end: () => { dragged.current = undefined; },
                  }}
                />
              </OverflowItem>
            ))}
          </div>
          <OverflowTabs tabs={tabs} show={show} />
        </div>
      </Overflow>
      {tabs.length > 1 && (
        <Menu>
          <MenuTrigger disableButtonEnhancement><Button size="small" appearance="subtle" icon={<MoreHorizontalRegular />} aria-label={texts.frame.documentsMenu} title={texts.frame.documentsMenu} /></MenuTrigger>
          <MenuPopover>
            <MenuList>
              <MenuItem disabled={current === undefined} onClick={() => close(open.map(one => one.key).filter(key => key !== current))}>{texts.frame.closeOthers}</MenuItem>
              <MenuItem onClick={() => close(open.map(one => one.key))}>{texts.frame.closeAll}</MenuItem>
            </MenuList>
          </MenuPopover>
        </Menu>
      )}
    </nav>
  );
}

function DigitKeys({ open, show }: { open: readonly OpenDocument[]; show: (document: OpenDocument | undefined) => void }) {
  return <>{Array.from({ length: 9 }, (_, index) => <DigitKey key={index} digit={index + 1} show={() => show(open[index])} />)}</>;
}

function DigitKey({ digit, show }: { digit: number; show: () => void }) {
  useShortcut({ keys: `Alt+${digit}`, does: texts.keys.document(digit), isGlobal: true, inFields: true }, show);
  return null;
}

interface TabProperties {
  document: OpenDocument;
  mark: DocumentMark;
  isCurrent: boolean;
  show: () => void;
  close: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
  drag: { start: () => void; over: () => void; end: () => void };
}

function Tab({ document, mark, isCurrent, show, close, onKeyDown, drag, ...overflow }: TabProperties) {
  const isDirty = useDrafts(state => document.key in state.byDocument);
  const onAuxClick = (event: MouseEvent) => { if (event.button === 1) close(); };
  return (
    <div
      {...overflow} className={css.tab} role="tab" tabIndex={isCurrent ? 0 : -1} aria-selected={isCurrent} data-inset draggable aria-keyshortcuts="Delete" aria-label={isDirty ? texts.frame.unsavedDocument(mark.title) : mark.title}
      onClick={show} onAuxClick={onAuxClick} onKeyDown={onKeyDown} onDragStart={drag.start} onDragEnter={drag.over} onDragEnd={drag.end} onDragOver={event => event.preventDefault()}
    >
      <mark.icon aria-hidden /><span className={css.title}><Name name={mark.title} /></span>
      {/* For the mouse; Delete does the same on the tab, which may hold no other control. */}
      <span className={css.close} data-dirty={isDirty || undefined} aria-hidden title={texts.frame.close(mark.title)} onClick={event => { event.stopPropagation(); close(); }}>{isDirty && <i />}<DismissRegular /></span>
    </div>
  );
}

function OverflowTabs({ tabs, show }: { tabs: readonly { document: OpenDocument; mark: DocumentMark }[]; show: (document: OpenDocument) => void }) {
  const { ref, overflowCount, isOverflowing } = useOverflowMenu<HTMLButtonElement>();
  if (!isOverflowing) return null;
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement><Button ref={ref} size="small" appearance="subtle" className={css.more} aria-label={texts.frame.moreDocuments(overflowCount)}>+{overflowCount}</Button></MenuTrigger>
      <MenuPopover><MenuList>{tabs.map(tab => <OverflowTab key={tab.document.key} {...tab} show={show} />)}</MenuList></MenuPopover>
    </Menu>
  );
}

function OverflowTab({ document, mark, show }: { document: OpenDocument; mark: DocumentMark; show: (document: OpenDocument) => void }) {
  const isVisible = useIsOverflowItemVisible(document.key);
  return isVisible ? null : <MenuItem icon={<mark.icon />} onClick={() => show(document)}>{mark.title}</MenuItem>;
}

/** Closes documents; asks once for all that are not saved, and goes on to the neighbour. */
function useClose(current: string | undefined) {
  const navigate = useNavigate();
  return (closing: readonly string[]) => void (async () => {
    const dirty = closing.filter(key => key in useDrafts.getState().byDocument);
    if (dirty.length > 0) {
      const names = dirty.map(key => markOfDocument({ key })?.title ?? key);
      if (!(await confirm({ title: texts.frame.closeUnsavedTitle(names), detail: texts.frame.closeLoses, action: texts.frame.closeAnyway, isDangerous: true }))) return;
    }
    const { open, close } = useDocuments.getState();
    const place = open.findIndex(one => one.key === current);
    for (const key of closing) {
      close(key);
      useDrafts.getState().discard(key);
    }
    if (current === undefined || !closing.includes(current)) return;
    const rest = useDocuments.getState().open;
    void navigate(rest[Math.min(place, rest.length - 1)]?.address ?? '/');
  })();
}
