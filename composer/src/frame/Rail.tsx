import { Avatar, Menu, MenuDivider, MenuItem, MenuItemCheckbox, MenuItemRadio, MenuGroup, MenuGroupHeader, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { QuestionCircleRegular } from '@fluentui/react-icons/svg/question-circle';
import { Link } from 'react-router';
import { usePreferences, type Preferences } from '../app/preferences';
import { useSession } from '../app/session';
import { useSignOut } from '../app/signOut';
import { railPages } from '../registry';
import { texts } from '../texts';
import css from './Rail.module.css';
import { showShortcuts } from './ShortcutList';

/** The areas of Composer. `area` is the marked one; `onBrowse` opens the tree where it does not stand beside the page. */
export function Rail({ area, onBrowse }: { area: string | undefined; onBrowse: (() => void) | undefined }) {
  const session = useSession();
  return (
    <nav className={css.rail} aria-label={texts.frame.areas} data-region="rail">
      <Link to="/" className={css.logo} aria-label={texts.frame.product}>
        <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden>
          <path d="M3 3v16M19 3v16M3 11h16" stroke="#fff" strokeWidth="2.2" fill="none" /><circle cx="11" cy="11" r="3.4" fill="#0C1C24" stroke="#7BC0D9" strokeWidth="2" />
        </svg>
      </Link>
      <div className={css.items}>
        {railPages(session).map(page => {
          const isHere = page.id === area;
          return (
            <Link
              key={page.id} to={page.rail?.to ?? page.route} className={css.item} data-inset aria-current={isHere ? 'page' : undefined}
              onClick={page.id === 'browse' && onBrowse ? event => { event.preventDefault(); onBrowse(); } : undefined}
            >
              <page.icon aria-hidden /><span>{page.rail?.label ?? page.title}</span>
            </Link>
          );
        })}
      </div>
      <button type="button" className={`${css.item} ${css.help}`} data-inset onClick={showShortcuts}><QuestionCircleRegular aria-hidden /><span>{texts.frame.help}</span></button>
      <UserMenu />
    </nav>
  );
}

function UserMenu() {
  const session = useSession();
  const { theme, usesLetterKeys, set } = usePreferences();
  const signOut = useSignOut();
  return (
    <Menu
      checkedValues={{ theme: [theme], letters: usesLetterKeys ? ['on'] : [] }}
      onCheckedValueChange={(_, { name, checkedItems }) => (name === 'theme' ? set({ theme: checkedItems[0] as Preferences['theme'] }) : set({ usesLetterKeys: checkedItems.length > 0 }))}
    >
      <MenuTrigger disableButtonEnhancement>
        <button type="button" className={css.user} data-inset aria-label={texts.frame.user(session.user)} title={session.user}><Avatar size={28} name={session.user} color="steel" aria-hidden /></button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          <MenuGroup>
            <MenuGroupHeader>{session.user}</MenuGroupHeader>
            <MenuItem onClick={() => void signOut()}>{texts.frame.signOut}</MenuItem>
          </MenuGroup>
          <MenuDivider />
          <MenuGroup>
            <MenuGroupHeader>{texts.frame.theme}</MenuGroupHeader>
            {(['system', 'light', 'dark'] as const).map(one => <MenuItemRadio key={one} name="theme" value={one}>{texts.frame.themes[one]}</MenuItemRadio>)}
          </MenuGroup>
          <MenuDivider />
          <MenuItemCheckbox name="letters" value="on">{texts.frame.letterKeys}</MenuItemCheckbox>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
