import { useParams, useSearchParams } from 'react-router';
import { useDrafts } from '../../app/drafts';
import { kindById } from '../../registry';
import { MissingPage } from '../missing/MissingPage';
import { CreateForm } from './CreateForm';
import { KindChoice } from './KindChoice';
import { newDocument } from './newDocument';
import { TemplateDialog } from './TemplateDialog';

/** The step that the address asks for: which kind, which template, General Information. */
export default function CreatePage() {
  const { kind: id } = useParams();
  const [address, setAddress] = useSearchParams();
  const edit = useDrafts(drafts => drafts.edit);
  const template = address.get('template') ?? '';
  if (id === undefined) return <KindChoice />;
  const kind = kindById(id);
  if (!kind?.making) return <MissingPage />;
  const needsTemplate = kind.collection === 'Things' && template === '';
  return (
    <>
      <CreateForm key={`${kind.id} ${template}`} kind={kind} template={template} />
      {needsTemplate && (
        <TemplateDialog
          kind={kind} first={address.get('choose') ?? undefined}
          onChoose={(name, proposal) => {
            // What was typed already stays; what the choice says counts.
            for (const [field, value] of Object.entries(proposal)) edit(newDocument(kind), {}, field, value);
            setAddress({ template: name }, { replace: true });
          }}
        />
      )}
    </>
  );
}
