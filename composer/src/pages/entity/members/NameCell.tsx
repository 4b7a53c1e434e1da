import css from './members.module.css';
import { EditMark } from './EditMark';
import type { DraftMember } from './memberDraft';

interface Properties { name: string; state?: DraftMember<unknown>['state']; error?: string | undefined; onOpen: () => void }

/** The name of a member: opens it, and tells what is edited of it. */
export const NameCell = ({ name, state = 'same', error, onOpen }: Properties) => (
  <span className={css.name} data-state={state}><button type="button" title={name} onClick={onOpen}>{name}</button><EditMark state={state} error={error} /></span>
);
