import { ErrorCircleFilled } from '@fluentui/react-icons/svg/error-circle';
import { texts } from '../../../texts';
import type { DraftMember } from './memberDraft';
import css from './members.module.css';

/** What is edited of a member, and whether it could be saved. */
export function EditMark({ state, error }: { state: DraftMember<unknown>['state']; error?: string | undefined }) {
  return (
    <>
      {state !== 'same' && <span className={css.mark}>{texts.members.states[state]}</span>}
      {error && <ErrorCircleFilled className={css.wrong} fontSize={14} aria-label={error} title={error} />}
    </>
  );
}
