import { toTable } from '../../../api/configuration';
import { text } from '../../../api/infotable';
import { faultsOf, fieldColumns, readFields, toRows, writeFields } from '../../../parts/fields/fields';
import { FieldsEditor } from '../../../parts/fields/FieldsEditor';
import { FormField } from '../../../parts/FormField';
import { Picker } from '../../../parts/Picker';
import { kindById, type Kind } from '../../../registry';
import { texts } from '../../../texts';
import css from './parts.module.css';
import type { NewPart } from './types';

const dataShapes = kindById('DataShapes') as Kind;

/** A Data Shape: what it extends, and its fields. */
export const dataShape: NewPart = {
  Fields: ({ values, set }) => (
    <>
      <FormField label={texts.general.baseShape}><Picker kind={dataShapes} value={text(values, 'baseDataShape')} onChange={value => set('baseDataShape', value)} /></FormField>
      <section aria-label={texts.fields.title}>
        <h2 className={css.title}>{texts.fields.title}</h2>
        <FieldsEditor fields={readFields(values['fields'])} onChange={fields => set('fields', writeFields(fields))} />
      </section>
    </>
  ),
  faults: values => Object.fromEntries([...faultsOf(readFields(values['fields']), texts.fields)].map(([index, fault]) => [`field${index}`, fault])),
  args: values => ({
    fields: toTable(fieldColumns, toRows(readFields(values['fields']))),
    ...(text(values, 'baseDataShape') === '' ? {} : { baseDataShape: text(values, 'baseDataShape') }),
  }),
};
