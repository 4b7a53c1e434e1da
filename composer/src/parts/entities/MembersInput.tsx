import { Button } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import type { Json, Row } from '../../api/infotable';
import { text } from '../../api/infotable';
import { FormField } from '../FormField';
import { Picker } from '../Picker';
import { kindById, type Kind } from '../../registry';
import { texts } from '../../texts';
import css from './MembersInput.module.css';

const users = kindById('Users') as Kind;
const groups = kindById('Groups') as Kind;
const words = texts.create.members;

/** A user or group that belongs to something. */
export interface Member { readonly name: string; readonly type: 'User' | 'Group' }

/** Reads members out of a draft. */
export const readMembers = (value: Json | undefined): Member[] =>
  Array.isArray(value) ? value.map(one => ({ name: text(one as Row, 'name'), type: text(one as Row, 'type') === 'Group' ? 'Group' : 'User' })) : [];

/** Chooses users and groups: what is picked joins the list. */
export function MembersInput({ members, onChange, isReadOnly = false }: { members: readonly Member[]; onChange: (members: Member[]) => void; isReadOnly?: boolean }) {
  const add = (name: string, type: Member['type']) => {
    if (name !== '' && !members.some(one => one.name === name && one.type === type)) onChange([...members, { name, type }]);
  };
  return (
    <div className={css.members}>
      {members.length > 0 && (
        <ul className={css.list} aria-label={words.title}>
          {members.map(member => {
            const Icon = (member.type === 'Group' ? groups : users).icon;
            return (
              <li key={`${member.type} ${member.name}`}>
                <Icon aria-hidden /><span className="ellipsis">{member.name}</span><span className="hint">{member.type}</span>
                {!isReadOnly && <Button size="small" appearance="subtle" icon={<DismissRegular />} aria-label={words.remove(member.name)} title={words.remove(member.name)} onClick={() => onChange(members.filter(one => one !== member))} />}
              </li>
            );
          })}
        </ul>
      )}
      {!isReadOnly && <div className={css.pair}>
        <FormField label={words.addUser}><Picker kind={users} value="" onChange={name => add(name, 'User')} /></FormField>
        <FormField label={words.addGroup}><Picker kind={groups} value="" onChange={name => add(name, 'Group')} /></FormField>
      </div>}
    </div>
  );
}
