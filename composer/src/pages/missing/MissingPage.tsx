import { DocumentDismissRegular } from '@fluentui/react-icons/svg/document-dismiss';
import { useLocation, useNavigate } from 'react-router';
import { EmptyState } from '../../parts/EmptyState';
import { texts } from '../../texts';

/** Says that the address leads nowhere. */
export function MissingPage() {
  const { pathname } = useLocation();
  const navigate = useNavigate();
  return <><h1 className="hidden">{texts.missing.title}</h1><EmptyState icon={DocumentDismissRegular} title={texts.missing.title} hint={texts.missing.hint(pathname)} action={{ label: texts.missing.toHome, run: () => void navigate('/') }} /></>;
}
