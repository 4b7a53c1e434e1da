import type { EntityDocument } from '../../../api/entities';
import { text, type Row } from '../../../api/infotable';
import { rowsAt } from '../../../api/members';
import { invoke } from '../../../api/services';
import type { EntityDraftContext } from '../../../app/entityDraft';
import type { Member } from '../../../parts/entities/MembersInput';
import { texts } from '../../../texts';
import { fieldOf, membersIn, type MemberGroup } from '../members/memberDraft';

const words = texts.security;

/** A member as the name of a field: `User/ann`. */
export const memberKey = ({ name, type }: Member): string => `${type}/${name}`;

/** The member of a key. */
export function readMember(key: string): Member {
  const at = key.indexOf('/');
  return { type: key.slice(0, at) === 'Group' ? 'Group' : 'User', name: key.slice(at + 1) };
}

// Members are written {name, kind} in documents.
const readPrincipal = (row: Row): Member => ({ name: text(row, 'name'), type: text(row, 'kind') === 'Group' ? 'Group' : 'User' });

/** Who is in a group. */
export const groupMembers: MemberGroup<true> = {
  id: 'member',
  read: entity => Object.fromEntries(rowsAt(entity.all, 'members').map(row => [memberKey(readPrincipal(row)), true])),
  label: key => { const { name, type } = readMember(key); return words.member(name, type); },
  show: () => words.isIn,
  put: (entity, key) => { const { name, type } = readMember(key); return invoke('Groups', entity.name, 'AddMember', { member: name, type }); },
  remove: (entity, key) => { const { name, type } = readMember(key); return invoke('Groups', entity.name, 'DeleteMember', { member: name, type }); },
};

/** Units of an organization, each with the name of the one above it; of the topmost that is empty. */
export const units: MemberGroup<{ readonly parent: string }> = {
  id: 'unit',
  read: entity => Object.fromEntries(rowsAt(entity.all, 'units').map(row => [text(row, 'name'), { parent: text(row, 'parent') }])),
  label: name => words.unit(name),
  put: (entity, name, { parent }) => invoke('Organizations', entity.name, 'AddOrganizationalUnit', { name, description: '', parentName: parent }),
  remove: (entity, name) => invoke('Organizations', entity.name, 'DeleteOrganizationalUnit', { name }),
};

// A unit's name holds no colon.
const splitUnit = (key: string): [unit: string, member: Member] => [key.slice(0, key.indexOf(':')), readMember(key.slice(key.indexOf(':') + 1))];

/** Who is in which unit: `Bergen:User/ann`. */
export const unitMembers: MemberGroup<true> = {
  id: 'unitMember',
  read: (entity: EntityDocument) => Object.fromEntries(rowsAt(entity.all, 'units').flatMap(unit => rowsAt(unit, 'members').map(row => [`${text(unit, 'name')}:${memberKey(readPrincipal(row))}`, true]))),
  label: key => { const [unit, { name, type }] = splitUnit(key); return words.unitMember(unit, name, type); },
  show: () => words.isIn,
  put: (entity, key) => { const [unitName, { name, type }] = splitUnit(key); return invoke('Organizations', entity.name, 'AddMember', { member: name, type, unitName }); },
  remove: (entity, key) => { const [unitName, { name, type }] = splitUnit(key); return invoke('Organizations', entity.name, 'DeleteMember', { member: name, type, unitName }); },
};

/** The members whose keys begin with `prefix`, as edited, and how a new list of them is put into the draft. */
export function membersOf(draft: EntityDraftContext, group: MemberGroup<true>, prefix = ''): { members: Member[]; set: (next: readonly Member[]) => void } {
  const shown = membersIn(draft, group).filter(one => one.state !== 'removed' && one.name.startsWith(prefix)).map(one => readMember(one.name.slice(prefix.length)));
  const put = (one: Member, isIn: boolean) => draft.set(fieldOf(group, prefix + memberKey(one)), isIn ? true : null);
  const has = (list: readonly Member[], one: Member) => list.some(other => memberKey(other) === memberKey(one));
  return {
    members: shown,
    set: next => {
      for (const one of shown.filter(old => !has(next, old))) put(one, false);
      for (const one of next.filter(added => !has(shown, added))) put(one, true);
    },
  };
}
