import { Button, Menu, MenuItemCheckbox, MenuList, MenuPopover, MenuTrigger } from '@fluentui/react-components';
import { ColumnTripleEditRegular } from '@fluentui/react-icons/svg/column-triple-edit';
import { usePreferences } from '../../app/preferences';
import { texts } from '../../texts';
import type { GridColumn } from './columns';

/** Lets a person choose the columns of a grid; the first one always stays. The choice is kept on this browser. */
export function ColumnChoice<T>({ id, columns }: { id: string; columns: readonly GridColumn<T>[] }) {
  const hiddenColumns = usePreferences(state => state.hiddenColumns);
  const set = usePreferences(state => state.set);
  const choosable = columns.slice(1);
  const hidden = hiddenColumns[id] ?? [];
  const shown = choosable.map(column => column.id).filter(column => !hidden.includes(column));
  return (
    <Menu
      checkedValues={{ columns: shown }}
      onCheckedValueChange={(_, { checkedItems }) => set({ hiddenColumns: { ...hiddenColumns, [id]: choosable.map(column => column.id).filter(column => !checkedItems.includes(column)) } })}
    >
      <MenuTrigger disableButtonEnhancement><Button appearance="subtle" icon={<ColumnTripleEditRegular />} aria-label={texts.grid.columns} title={texts.grid.columns} /></MenuTrigger>
      <MenuPopover><MenuList>{choosable.map(column => <MenuItemCheckbox key={column.id} name="columns" value={column.id}>{column.title}</MenuItemCheckbox>)}</MenuList></MenuPopover>
    </Menu>
  );
}
