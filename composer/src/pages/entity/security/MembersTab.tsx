import { useEntityDraft } from '../../../app/entityDraft';
import { MembersInput } from '../../../parts/entities/MembersInput';
import { texts } from '../../../texts';
import { anyGroup, memberDraft } from '../members/memberDraft';
import { groupMembers, membersOf } from './principals';
import { Refused } from './Refused';
import css from './SecurityTab.module.css';

/** Who is in a group. */
export default function MembersTab() {
  const draft = useEntityDraft();
  const { members, set } = membersOf(draft, groupMembers);
  return (
    <div className={css.page}>
      <p className="hint">{texts.security.membersHint}</p>
      <Refused groups={[anyGroup(groupMembers)]} />
      <MembersInput members={members} isReadOnly={draft.readOnly !== undefined} onChange={set} />
    </div>
  );
}

export const draft = memberDraft([anyGroup(groupMembers)]);
