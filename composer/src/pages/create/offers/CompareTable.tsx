import type { EditedField } from '../../../parts/fields/fields';
import { texts } from '../../../texts';
import type { FieldPair } from './compare';
import css from './OfferChoice.module.css';

const words = texts.create.offers;
const typeOf = (field: EditedField, absent: string) => (field === undefined ? absent : `${field.baseType}${field.isPrimaryKey ? `, ${texts.fields.key}` : ''}`);

/** Two Data Shapes field by field; what differs is marked. */
export const CompareTable = ({ pairs }: { pairs: readonly FieldPair[] }) => (
  <div className={css.card}>
    <table className={css.table}>
      <thead><tr><th>{words.field}</th><th>{words.hereType}</th><th>{words.thereType}</th></tr></thead>
      <tbody>
        {pairs.map(({ name, here, there, isSame }) => (
          <tr key={name} data-differs={!isSame || undefined}><td>{name}</td><td>{here ? typeOf(here, '') : words.absentHere}</td><td>{there ? typeOf(there, '') : words.absent}</td></tr>
        ))}
      </tbody>
    </table>
  </div>
);
