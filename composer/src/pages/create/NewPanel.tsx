import type { NewPanelProperties } from '../../registry';
import { CreateForm } from './CreateForm';
import css from './NewPanel.module.css';

/** Makes an entity for a picker: the same form as the page, with a draft that ends with the panel. */
export default function NewPanel({ kind, id, isOnTop, onDone }: NewPanelProperties) {
  return <div className={css.panel}><CreateForm kind={kind} template={kind.templates?.[0] ?? (kind.collection === 'Things' ? 'GenericThing' : '')} panel={{ id, isOnTop, onDone }} /></div>;
}
