import { useEntityDraft } from '../../../app/entityDraft';
import { ErrorBar } from '../../../parts/ErrorBar';
import { membersIn, type MemberGroup } from '../members/memberDraft';

/** What the server refused to save of members that have no field of their own to say it at. */
export function Refused({ groups }: { groups: readonly MemberGroup[] }) {
  const draft = useEntityDraft();
  return groups.flatMap(group => membersIn(draft, group).filter(one => one.error !== undefined).map(one => <ErrorBar key={`${group.id}:${one.name}`} error={`${group.label(one.name)}: ${one.error ?? ''}`} isBare />));
}
