import { Menu, MenuDivider, MenuGroup, MenuGroupHeader, MenuItem, MenuList, MenuPopover } from '@fluentui/react-components';
import { isFilterable, isOrdered, type Condition } from '../../../api/filter';
import type { FieldDefinition, Json, Row } from '../../../api/infotable';
import { formatValue } from '../../../api/values';
import { texts } from '../../../texts';

/** A cell that was pointed at. */
export interface CellTarget {
  readonly row: Row;
  readonly field: FieldDefinition | undefined;
  /** Where the menu opens. */
  readonly at: DOMRect;
}

interface Properties {
  target: CellTarget;
  onClose: () => void;
  onFilter: (condition: Condition) => void;
  /** Without them the row cannot be changed. */
  onEdit?: ((row: Row) => void) | undefined;
  onDelete?: ((row: Row) => void) | undefined;
}

/** What can be done with a value: filter by it, copy it; and with its row. */
export function CellMenu({ target: { row, field, at }, onClose, onFilter, onEdit, onDelete }: Properties) {
  const value: Json | undefined = field && row[field.name];
  const isEmpty = value === undefined || value === null;
  const add = (operator: Condition['operator']) => () => { if (field) onFilter({ field: field.name, operator, values: isEmpty ? [] : [value] }); };
  return (
    <Menu open onOpenChange={(_, { open }) => { if (!open) onClose(); }} positioning={{ target: { getBoundingClientRect: () => at }, position: 'below', align: 'start' }}>
      <MenuPopover>
        <MenuList aria-label={texts.data.cellMenu}>
          {field && (
            <MenuGroup>
              <MenuGroupHeader>{field.name} {formatValue(value, field.baseType).slice(0, 60)}</MenuGroupHeader>
              {isFilterable(field) && (isEmpty
                ? <><MenuItem onClick={add('MISSINGVALUE')}>{texts.data.onlyEmpty}</MenuItem><MenuItem onClick={add('NOTMISSINGVALUE')}>{texts.data.notEmpty}</MenuItem></>
                : <><MenuItem onClick={add('EQ')}>{texts.data.only}</MenuItem><MenuItem onClick={add('NE')}>{texts.data.not}</MenuItem></>)}
              {!isEmpty && isOrdered(field.baseType) && <><MenuItem onClick={add('GT')}>{texts.data.above}</MenuItem><MenuItem onClick={add('LT')}>{texts.data.below}</MenuItem></>}
              {!isEmpty && <MenuItem onClick={() => void navigator.clipboard.writeText(formatValue(value, field.baseType))}>{texts.data.copy}</MenuItem>}
            </MenuGroup>
          )}
          {field && (onEdit ?? onDelete) && <MenuDivider />}
          {onEdit && <MenuItem onClick={() => onEdit(row)}>{texts.data.editRow}</MenuItem>}
          {onDelete && <MenuItem onClick={() => onDelete(row)}>{texts.data.deleteRow}</MenuItem>}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
