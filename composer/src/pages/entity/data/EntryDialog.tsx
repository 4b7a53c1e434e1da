import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';
import { useState } from 'react';
import type { FieldDefinition, Json, Row } from '../../../api/infotable';
import { ErrorBar, sentenceOf } from '../../../parts/ErrorBar';
import { FormField } from '../../../parts/FormField';
import { ValueInput } from '../../../parts/values/ValueInput';
import { withCell } from '../../../parts/values/tables';
import { texts } from '../../../texts';
import { addEntry, changeEntry, isKey } from './editing';
import css from './DataTab.module.css';
import type { DataSource } from './sources';

interface Properties {
  source: DataSource;
  /** The fields of its Data Shape. */
  fields: readonly FieldDefinition[];
  /** The entry to be changed; without it a new one is made. */
  row?: Row | undefined;
  onClose: () => void;
  onDone: (row: Row) => void;
}

const field = (name: string, baseType: string): FieldDefinition => ({ name, baseType, description: '', ordinal: 0, aspects: {} });

/** Makes an entry, or changes one: an input for each field. */
export function EntryDialog({ source, fields, row, onClose, onDone }: Properties) {
  const [values, setValues] = useState<Row>(() => Object.fromEntries(fields.map(one => [one.name, row?.[one.name]])));
  const [own, setOwn] = useState<Row>({});
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const [failure, setFailure] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const isNew = row === undefined;
  const fail = (name: string, sentence: string | undefined) => setErrors(({ [name]: _, ...others }) => (sentence === undefined ? others : { ...others, [name]: sentence }));
  const save = async () => {
    setIsBusy(true);
    setFailure(undefined);
    try {
      if (isNew) await addEntry(source, fields.filter(one => values[one.name] !== undefined), values, own);
      else await changeEntry(source, fields, row, values);
      onDone({ ...row, ...values });
      onClose();
    } catch (error) {
      const blamed = fields.find(one => sentenceOf(error).includes(`'${one.name}'`));
      if (blamed) fail(blamed.name, sentenceOf(error)); else setFailure(error);
      setIsBusy(false);
    }
  };
  const ownFields = isNew ? [field('source', 'STRING'), field('tags', 'TAGS'), ...(source.kind === 'stream' ? [field('timestamp', 'DATETIME')] : [])] : [];
  return (
    <Dialog open onOpenChange={(_, { open }) => { if (!open) onClose(); }}>
      <DialogSurface className={css.entry}>
        <form noValidate onSubmit={event => { event.preventDefault(); void save(); }}>
          <DialogBody>
            <DialogTitle>{isNew ? texts.data.newTitle(source.thing) : texts.data.editTitle(source.keyOf(row))}</DialogTitle>
            <DialogContent>
              <ErrorBar error={failure} isBare />
              <div className={css.form}>
                {fields.map(one => {
                  const isFixed = !isNew && isKey(one);
                  return (
                    <FormField key={one.name} label={one.name} hint={isFixed ? texts.data.keyStays : one.description || undefined} error={errors[one.name]} isRequired={isNew && isKey(one)}>
                      {isFixed
                        ? <input readOnly className={css.cellInput} style={{ margin: 0, width: '100%' }} value={String(values[one.name] ?? '')} />
                        : <ValueInput field={one} value={values[one.name]} onChange={(value: Json | undefined) => { setValues(withCell([values], 0, one.name, value)[0] ?? {}); fail(one.name, undefined); }} onError={sentence => fail(one.name, sentence)} />}
                    </FormField>
                  );
                })}
                {ownFields.map(one => (
                  <FormField key={`own-${one.name}`} label={one.name}><ValueInput field={one} value={own[one.name]} onChange={value => setOwn({ ...own, [one.name]: value })} /></FormField>
                ))}
              </div>
            </DialogContent>
            <DialogActions>
              <Button type="submit" appearance="primary" disabled={isBusy || Object.keys(errors).length > 0}>{isNew ? texts.data.add : texts.data.save}</Button>
              <Button onClick={onClose}>{texts.actions.cancel}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
