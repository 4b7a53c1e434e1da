import type { ComponentType } from 'react';
import type { Json } from '../../../api/infotable';
import type { Arguments } from '../../../api/services';
import type { FieldErrors, Fields } from '../../../app/draft';

/** What was typed as a secret, by field; it is kept out of drafts. */
export type Secrets = Readonly<Record<string, string>>;

/** What the fields of a kind get. */
export interface NewPartProperties {
  readonly values: Fields;
  readonly secrets: Secrets;
  /** What is wrong, by field; what is merely missing is not said before it is touched. */
  readonly errors: FieldErrors;
  readonly set: (field: string, value: Json) => void;
  readonly setSecret: (field: string, value: string) => void;
}

/** What a kind is asked when it is made, beside name and General Information. */
export interface NewPart {
  readonly Fields: ComponentType<NewPartProperties>;
  /** What is in the way of saving, by field; an empty text for what is missing and need not be said. */
  readonly faults: (values: Fields, secrets: Secrets) => FieldErrors;
  /** What the Create service takes. */
  readonly args: (values: Fields, secrets: Secrets) => Arguments;
  /** What is done once the entity is there, by field. */
  readonly after?: (name: string, values: Fields) => Iterable<readonly [field: string, run: () => Promise<unknown>]>;
  /** What the person must be told before the page goes on to the entity: a secret that is shown once. */
  readonly Last?: ComponentType<{ readonly name: string; readonly onDone: () => void }>;
}
