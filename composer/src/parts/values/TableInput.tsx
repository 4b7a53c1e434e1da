import { Button } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { DeleteRegular } from '@fluentui/react-icons/svg/delete';
import { useState, type ClipboardEvent } from 'react';
import { table, type FieldDefinition, type Json, type Row } from '../../api/infotable';
import { texts } from '../../texts';
import { Cell } from './TableCell';
import css from './TableInput.module.css';
import { emptyRow, pasteRows, tableValue, withCell } from './tables';

interface Properties {
  /** What the table is called, for those who do not see it. */
  label: string;
  fields: readonly FieldDefinition[];
  /** An InfoTable as JSON. */
  value: Json | undefined;
  onChange: (value: Json | undefined) => void;
  /** A table without rows shows one to be filled in. */
  startsWithRow?: boolean;
  /** The fields of a nested table; undefined where they are not known. */
  nestedFields?: (field: FieldDefinition) => readonly FieldDefinition[] | undefined;
}

/** An editable InfoTable. One row stands as a list of its fields, several as a grid; rows can be pasted from a spreadsheet. */
export function TableInput({ label, fields, value, onChange, startsWithRow = false, nestedFields }: Properties) {
  const given = table({ value } as Row, 'value').rows;
  const rows = given.length === 0 && startsWithRow ? [emptyRow] : given;
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const put = (next: readonly Row[]) => onChange(next.length === 0 ? undefined : tableValue(fields, next));
  const setCell = (index: number, name: string, cell: Json | undefined) => put(withCell(rows, index, name, cell));
  const fail = (index: number, name: string, sentence: string | undefined) => setErrors(({ [`${String(index)}.${name}`]: _, ...others }) => (sentence === undefined ? others : { ...others, [`${String(index)}.${name}`]: sentence }));
  const onPaste = (event: ClipboardEvent, index: number, name: string) => {
    const text = event.clipboardData.getData('text/plain');
    if (!/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    put(pasteRows(fields, rows, index, name, text));
  };
  const remove = (index: number) => {
    setErrors({});
    put(rows.filter((_, at) => at !== index));
  };
  const cellOf = (row: Row, index: number, field: FieldDefinition) => (
    <Cell
      id={`${label}-${String(index)}-${field.name}`} field={field} label={texts.values.cell(field.name, index + 1)} value={row[field.name]} isWrong={errors[`${String(index)}.${field.name}`] !== undefined}
      onChange={cell => setCell(index, field.name, cell)} onError={sentence => fail(index, field.name, sentence)} onPaste={event => onPaste(event, index, field.name)}
    />
  );
  const isNested = (field: FieldDefinition) => field.baseType === 'INFOTABLE' && nestedFields?.(field) !== undefined;
  const nested = fields.filter(isNested);
  const flat = fields.filter(field => !isNested(field));
  const [only] = rows;
  const nestedOf = (row: Row, index: number) => nested.map(field => (
    <div key={field.name} className={css.nested}>
      <TableInput label={texts.values.cell(field.name, index + 1)} fields={nestedFields?.(field) ?? []} value={row[field.name]} onChange={cell => setCell(index, field.name, cell)} />
    </div>
  ));

  return (
    <div role="group" aria-label={label}>
      {rows.length === 1 && only && (
        <div className={css.frame}>
          {flat.map(field => <div key={field.name} className={css.field}><label htmlFor={`${label}-0-${field.name}`} title={`${field.name}, ${field.baseType}`}>{field.name}</label>{cellOf(only, 0, field)}</div>)}
          {nestedOf(only, 0)}
        </div>
      )}
      {rows.length > 1 && (
        <div className={css.frame} tabIndex={-1}>
          <table className={css.table}>
            <thead><tr>{flat.map(field => <th key={field.name} scope="col">{field.name} <small>{field.baseType}</small></th>)}<th><span className="hidden">{texts.actions.delete}</span></th></tr></thead>
            <tbody>
              {rows.map((row, index) => (
                // Rows have no name of their own; their place is all that tells them apart.
                <FragmentRow key={index} nested={nested.length > 0 ? nestedOf(row, index) : undefined} columns={flat.length + 1}>
                  {flat.map(field => <td key={field.name}>{cellOf(row, index, field)}</td>)}
                  <td><Button size="small" appearance="subtle" icon={<DeleteRegular />} aria-label={texts.values.deleteRow(index + 1)} title={texts.values.deleteRow(index + 1)} onClick={() => remove(index)} /></td>
                </FragmentRow>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {Object.values(errors).map(error => <div key={error} className={css.error} role="alert">{error}</div>)}
      <div className={css.bar}>
        <Button size="small" appearance="subtle" icon={<AddRegular />} onClick={() => put([...rows, emptyRow])}>{texts.values.addRow}</Button>
        {given.length === 1 && <Button size="small" appearance="subtle" icon={<DeleteRegular />} onClick={() => remove(0)}>{texts.values.deleteRow(1)}</Button>}
        {rows.length > 1 && <span className="num">{texts.values.rows(rows.length)}</span>}
      </div>
    </div>
  );
}

function FragmentRow({ children, nested, columns }: { children: React.ReactNode; nested: React.ReactNode; columns: number }) {
  return <><tr>{children}</tr>{nested !== undefined && <tr><td colSpan={columns}>{nested}</td></tr>}</>;
}
