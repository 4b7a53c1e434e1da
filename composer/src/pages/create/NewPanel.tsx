import type { NewPanelProperties } from '../../registry';
import { CreateForm } from './CreateForm';

/** Makes an entity for a picker: the same form as the page, with a draft that ends with the panel. */
export default function NewPanel({ kind, onDone }: NewPanelProperties) {
  return <CreateForm kind={kind} template={kind.templates?.[0] ?? (kind.collection === 'Things' ? 'GenericThing' : '')} onDone={onDone} />;
}
