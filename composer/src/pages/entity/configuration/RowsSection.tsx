import { Button } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { EditRegular } from '@fluentui/react-icons/svg/edit';
import { useState, type ReactNode } from 'react';
import { labelOf, type ConfigurationTable } from '../../../api/configuration';
import type { EntityDocument } from '../../../api/entities';
import { text, type Json, type Row } from '../../../api/infotable';
import { useEntityDraft } from '../../../app/entityDraft';
import { storedSecret, typedSecret } from '../../../app/secrets';
import { texts } from '../../../texts';
import css from './ConfigurationTab.module.css';
import { rowName, rowsOf } from './names';
import { isSubscribers, useSubscriberColumns } from './subscriber';

/** A column of a table of rows. */
export interface RowColumn { readonly id: string; readonly title: string; readonly isEnd?: boolean; readonly cell: (row: Row, name: string) => ReactNode }

interface Properties {
  entity: EntityDocument;
  table: ConfigurationTable;
  /** The row that the panel shows; `new` for one that is being added. */
  current: string | undefined;
  onOpen: (row: string) => void;
}

/** A table of many rows: choose, add, edit, take away. What is done takes effect with Save. */
export function RowsSection({ entity, table, current, onOpen }: Properties) {
  const draft = useEntityDraft();
  const [chosen, setChosen] = useState<string | undefined>();
  const isOfSubscribers = isSubscribers(entity.name, table.name);
  const subscriberColumns = useSubscriberColumns(isOfSubscribers);
  const columns: readonly RowColumn[] = isOfSubscribers ? subscriberColumns : table.fields.filter(field => field.baseType !== 'PASSWORD').slice(0, 6).map(field => ({ id: field.name, title: labelOf(field), cell: (row: Row) => text(row, field.name) }));
  const hasNames = table.key !== undefined;
  const rows = hasNames ? rowsOf(table.name, draft.values) : ((draft.values[table.name] ?? []) as Row[]).map((row, index) => ({ name: String(index), row }));
  const title = texts.subscriber.tables[table.name] ?? (table.description || table.name);
  const isBusy = current !== undefined && current !== '';
  const isReadOnly = draft.readOnly !== undefined;
  const selected = current ?? chosen;
  const errors = Object.entries(draft.errors).filter(([field]) => field === table.name || field.startsWith(`${table.name}#`));

  const remove = (name: string) => {
    if (hasNames) draft.set(rowName(table.name, name), null);
    else draft.set(table.name, rows.filter(one => one.name !== name).map(one => one.row) as Json);
    setChosen(undefined);
  };
  return (
    <section aria-label={title}>
      <div className={css.bar}>
        <h2>{title}</h2><div className="grow" />
        <Button appearance={isBusy ? 'secondary' : 'primary'} icon={<AddRegular />} disabled={isReadOnly || isBusy} onClick={() => onOpen('new')}>{texts.configuration.add}</Button>
        <Button appearance="subtle" icon={<EditRegular />} aria-label={texts.configuration.edit} title={texts.configuration.edit} disabled={isBusy || chosen === undefined} onClick={() => chosen !== undefined && onOpen(chosen)} />
        <Button appearance="subtle" icon={<DeleteRegular />} aria-label={texts.configuration.delete} title={texts.configuration.delete} disabled={isReadOnly || isBusy || chosen === undefined} onClick={() => chosen !== undefined && remove(chosen)} />
      </div>
      <div className={css.card} tabIndex={-1}>
        <table className={css.table} role="grid" aria-label={title}>
          <thead><tr>{columns.map(column => <th key={column.id} scope="col" data-end={column.isEnd || undefined}>{column.title}</th>)}</tr></thead>
          <tbody>
            {rows.map(({ name, row }, index) => (
              <tr
                key={name} aria-selected={name === selected} tabIndex={name === selected || (selected === undefined && index === 0) ? 0 : -1} data-inset
                onClick={() => setChosen(name)} onDoubleClick={() => onOpen(name)}
                onKeyDown={event => {
                  const next = { ArrowDown: event.currentTarget.nextElementSibling, ArrowUp: event.currentTarget.previousElementSibling }[event.key];
                  if (next instanceof HTMLElement) next.focus();
                  else if (event.key === 'Enter') onOpen(name);
                  else if (event.key === ' ') setChosen(name);
                  else if (event.key === 'Delete' && !isReadOnly) remove(name);
                  else return;
                  event.preventDefault();
                }}
              >
                {columns.map(column => <td key={column.id} data-end={column.isEnd || undefined}>{column.cell(masked(row), name)}</td>)}
              </tr>
            ))}
            {rows.length === 0 && <tr><td colSpan={columns.length} className="hint">{isOfSubscribers ? `${texts.subscriber.noneYet}. ${texts.subscriber.noneHint}` : texts.configuration.noRows}</td></tr>}
          </tbody>
        </table>
      </div>
      {errors.map(([field, sentence]) => <div key={field} className={css.error} role="alert">{sentence}</div>)}
    </section>
  );
}

const masked = (row: Row): Row => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === typedSecret ? storedSecret : value]));
