import { invoke } from '../../../api/services';
import { MembersInput, readMembers } from '../../../parts/entities/MembersInput';
import { texts } from '../../../texts';
import css from './parts.module.css';
import type { NewPart } from './types';

/** A user group: its members. */
export const group: NewPart = {
  Fields: ({ values, set }) => (
    <section aria-label={texts.create.members.title}>
      <h2 className={css.title}>{texts.create.members.title}</h2>
      <MembersInput members={readMembers(values['members'])} onChange={members => set('members', members.map(one => ({ ...one })))} />
    </section>
  ),
  faults: () => ({}),
  args: () => ({}),
  after: (name, values) => readMembers(values['members']).map(({ name: member, type }) => ['members', () => invoke('Groups', name, 'AddMember', { member, type })] as const),
};
