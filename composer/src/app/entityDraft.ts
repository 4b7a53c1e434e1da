import { createContext, use } from 'react';
import type { Json } from '../api/infotable';
import type { Conflict, FieldErrors, Fields } from './draft';

/** The key of an entity's document, and the beginning of its addresses. */
export const entityKey = (collection: string, name: string): string => `/${collection}/${encodeURIComponent(name)}`;

/** What the entity page keeps for the tab that shows. Field names are the tab's own. */
export interface EntityDraftContext {
  /** What shows: edited where it is edited, saved else. */
  readonly values: Fields;
  readonly saved: Fields;
  readonly errors: FieldErrors;
  readonly conflicts: readonly Conflict[];
  readonly isChanged: (field: string) => boolean;
  readonly set: (field: string, value: Json) => void;
  /**
   * Saves the whole page, as the button does, for what works on what is saved only.
   * @returns what could not be saved of the tab that shows, by field; undefined where it is said above the page.
   */
  readonly save: () => Promise<FieldErrors | undefined>;
  /** Why nothing can be edited; undefined when it can. */
  readonly readOnly: string | undefined;
}

export const DraftContext = createContext<EntityDraftContext | undefined>(undefined);

/** The draft of the tab that shows; Save and Cancel of the entity page act on it. */
export function useEntityDraft(): EntityDraftContext {
  const draft = use(DraftContext);
  if (!draft) throw new Error('useEntityDraft belongs below the entity page.');
  return draft;
}
