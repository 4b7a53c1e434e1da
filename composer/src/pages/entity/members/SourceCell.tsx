import { Link } from 'react-router';
import type { MemberSource } from '../../../api/members';
import { entityKey } from '../../../app/entityDraft';
import { kindOfType } from '../../../registry';
import { texts } from '../../../texts';

/** Who defines a member; the platform's own parts have no page. */
export function SourceCell({ source, isOwn }: { source: MemberSource; isOwn: boolean }) {
  if (isOwn) return <span className="dim">{texts.members.here}</span>;
  const kind = kindOfType(source.type);
  return kind ? <Link to={entityKey(kind.collection, source.name)} title={`${source.type} ${source.name}`}>{source.name}</Link> : <span className="dim">{texts.members.platform}</span>;
}
