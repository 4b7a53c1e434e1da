import { Menu, MenuItemRadio, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { texts } from '../texts';
import css from './Chip.module.css';

interface Properties {
  label: string;
  /** Empty for any. */
  value: string;
  values: readonly string[];
  wordOf?: (value: string) => string;
  onChange: (value: string) => void;
}

/** A filter of one choice: `Project: any`. */
export function Chip({ label, value, values, wordOf = one => one, onChange }: Properties) {
  const all = value === '' || values.includes(value) ? values : [value, ...values];
  return (
    <Menu checkedValues={{ value: [value] }} onCheckedValueChange={(_, { checkedItems }) => onChange(checkedItems[0] ?? '')}>
      <MenuTrigger disableButtonEnhancement>
        <button type="button" className={css.chip} data-on={value !== '' || undefined}>{label}: <b>{value === '' ? texts.any : wordOf(value)}</b></button>
      </MenuTrigger>
      <MenuPopover className={css.popover}>
        <MenuList>
          <MenuItemRadio name="value" value="">{texts.any}</MenuItemRadio>
          {all.map(one => <MenuItemRadio key={one} name="value" value={one}>{wordOf(one)}</MenuItemRadio>)}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
