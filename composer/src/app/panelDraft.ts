import { confirm } from '../parts/confirm';
import { texts } from '../texts';
import { same, type Fields } from './draft';
import { useDrafts } from './drafts';

/** What is typed in a panel before it is taken over. */
export interface PanelDraft {
  readonly values: Fields;
  readonly set: (values: Fields) => void;
  /** Forgets what was typed: it has been taken over. */
  readonly forget: () => void;
  /** Closes the panel; asks first where something would be lost. */
  readonly leave: (close: () => void) => void;
}

/** The draft of a panel: it survives a reload and moving on, never holds a secret, and ends with the panel. `hasSecrets` tells that secrets were typed beside it. */
export function usePanelDraft(panel: string, initial: () => Fields, hasSecrets: boolean): PanelDraft {
  const typed = useDrafts(state => state.byPanel[panel]);
  const keep = useDrafts(state => state.keepPanel);
  const start = initial();
  const forget = () => keep(panel, undefined);
  return {
    values: typed ?? start,
    set: values => keep(panel, same(values, start) ? undefined : values),
    forget,
    leave: close => void (async () => {
      if ((typed !== undefined || hasSecrets) && !(await confirm({ title: texts.panel.lose, action: texts.panel.loseDo, isDangerous: true }))) return;
      forget();
      close();
    })(),
  };
}
