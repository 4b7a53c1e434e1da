import { signOut } from '../api/session';
import { useDocuments } from '../frame/documents';
import { confirm } from '../parts/confirm';
import { texts } from '../texts';
import { useDrafts } from './drafts';
import { useRuns } from './runs';

/** Leaves nothing of the user in the browser. */
export function forgetUser(): void {
  useDrafts.setState({ byDocument: {}, byPanel: {} });
  useRuns.setState(useRuns.getInitialState());
  useDocuments.getState().forget();
}

/** Ends the session; asks first when something is not saved. Nothing of the user stays in the browser. */
export function useSignOut(): () => Promise<void> {
  const unsaved = Object.keys(useDrafts(state => state.byDocument)).length;
  return async () => {
    if (unsaved > 0 && !(await confirm({ title: texts.frame.signOutUnsaved(unsaved), detail: texts.frame.signOutLoses, action: texts.frame.signOut, isDangerous: true }))) return;
    await signOut();
    forgetUser();
    location.assign(import.meta.env.BASE_URL);
  };
}
