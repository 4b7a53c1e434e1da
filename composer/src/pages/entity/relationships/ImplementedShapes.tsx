import { Button } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { ShapesRegular } from '@fluentui/react-icons/svg/shapes';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { EntityDocument } from '../../../api/entities';
import { text } from '../../../api/infotable';
import { invoke } from '../../../api/services';
import { entityKey, useEntityDraft } from '../../../app/entityDraft';
import { keys } from '../../../app/queries';
import { FormField } from '../../../parts/FormField';
import { Picker } from '../../../parts/Picker';
import { kindById } from '../../../registry';
import { texts } from '../../../texts';
import { EditMark } from '../members/EditMark';
import { fieldOf, membersIn } from '../members/memberDraft';
import css from './RelationshipsTab.module.css';
import { shapeGroup } from './shapeDraft';

const words = texts.relationships;

/** The Thing Shapes of a Thing or template: its own can be added and removed, those of its templates are listed. */
export function ImplementedShapes({ entity }: { entity: EntityDocument }) {
  const draft = useEntityDraft();
  const own = membersIn(draft, shapeGroup);
  const all = useQuery({ queryKey: [...keys.entity(entity.kind, entity.name), 'shapes'], queryFn: ({ signal }) => invoke(entity.kind, entity.name, 'GetImplementedShapes', {}, signal) });
  const inherited = (all.data?.rows ?? []).map(row => text(row, 'name')).filter(name => own.every(one => one.name !== name));
  const kind = kindById('ThingShapes');
  return (
    <section className={css.shapes} aria-label={words.shapes}>
      <h2>{words.shapes}</h2>
      <p className="hint">{words.shapesHint}</p>
      {own.length === 0 && <p className="dim">{words.noShapes}</p>}
      <ul>
        {own.map(one => (
          <li key={one.name} data-removed={one.state === 'removed' || undefined}>
            <ShapesRegular aria-hidden /><Link to={entityKey('ThingShapes', one.name)}>{one.name}</Link><EditMark state={one.state} error={one.error} />
            {one.error && <span className={css.error}>{one.error}</span>}
            <Button size="small" appearance="subtle" icon={one.state === 'removed' ? undefined : <DismissRegular />} disabled={draft.readOnly !== undefined} title={draft.readOnly ?? words.removeShape(one.name)} aria-label={one.state === 'removed' ? texts.members.keep : words.removeShape(one.name)} onClick={() => draft.set(fieldOf(shapeGroup, one.name), one.state === 'removed' ? true : null)}>{one.state === 'removed' ? texts.members.keep : undefined}</Button>
          </li>
        ))}
      </ul>
      {inherited.length > 0 && <p className="hint">{words.inheritedShapes} {inherited.map((name, index) => <span key={name}>{index > 0 && ', '}<Link className={css.link} to={entityKey('ThingShapes', name)}>{name}</Link></span>)}</p>}
      {kind && draft.readOnly === undefined && (
        <div className={css.add}>
          <FormField label={words.addShape}><Picker kind={kind} value="" accepts={row => !own.some(one => one.name === row.name && one.state !== 'removed') && !inherited.includes(row.name)} onChange={name => { if (name !== '') draft.set(fieldOf(shapeGroup, name), true); }} /></FormField>
        </div>
      )}
    </section>
  );
}
