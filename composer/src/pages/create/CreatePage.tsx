import { useParams, useSearchParams } from 'react-router';
import { kindById } from '../../registry';
import { MissingPage } from '../missing/MissingPage';
import { CreateForm } from './CreateForm';
import { KindChoice } from './KindChoice';
import { TemplateDialog } from './TemplateDialog';

/** The step that the address asks for: which kind, which template, General Information. */
export default function CreatePage() {
  const { kind: id } = useParams();
  const [address, setAddress] = useSearchParams();
  const template = address.get('template') ?? '';
  if (id === undefined) return <KindChoice />;
  const kind = kindById(id);
  if (!kind?.making) return <MissingPage />;
  const needsTemplate = kind.collection === 'Things' && template === '';
  return (
    <>
      <CreateForm key={`${kind.id} ${template}`} kind={kind} template={template} />
      {needsTemplate && <TemplateDialog kind={kind} onChoose={name => setAddress({ template: name }, { replace: true })} />}
    </>
  );
}
