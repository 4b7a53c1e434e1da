import { Navigate, useParams } from 'react-router';
import { useDocuments } from '../../frame/documents';
import { kindById } from '../../registry';
import { MissingPage } from '../missing/MissingPage';
import { ListPage } from './ListPage';

/** The list of an address; without one the list that was shown last. */
export default function BrowsePage() {
  const { kind: id } = useParams();
  const last = useDocuments(state => state.recent.find(one => one.key.startsWith('/browse/')))?.key;
  if (id === undefined) return <Navigate to={last ?? '/browse/Things'} replace />;
  const kind = kindById(id);
  return kind ? <ListPage key={kind.id} kind={kind} /> : <MissingPage />;
}
