import type { FluentIcon } from '@fluentui/react-icons';
import type { ComponentType } from 'react';
import type { NavigateFunction, Params } from 'react-router';
import type { EntityDocument } from '../api/entities';
import type { Json } from '../api/infotable';
import type { Session } from '../api/session';
import type { Fields, FieldErrors } from '../app/draft';
import type { Kind } from './kinds';

/** What a page needs beyond being signed in. Who lacks it does not see the page listed. */
export type Need = 'administrator';

/** What a tab of the document bar shows, and which addresses belong to it. */
export interface DocumentMark {
  /** The address that all addresses of the document begin with. */
  readonly key: string;
  readonly title: string;
  readonly icon: FluentIcon;
}

/** Something a person can run from the palette. */
export interface Command {
  readonly id: string;
  readonly title: string;
  /** Shown beside it, such as `Ctrl S`; the keys themselves are bound by useShortcut. */
  readonly keys?: string;
  readonly icon?: FluentIcon;
  readonly needs?: Need;
  readonly run: (context: CommandContext) => void;
}

/** What a command may use. */
export interface CommandContext {
  readonly navigate: NavigateFunction;
  readonly session: Session;
}

/** A tab of the entity page. */
export interface EntityTab {
  /** The word in the address. */
  readonly id: string;
  readonly title: string;
  /** Tabs stand in this order; the built-in ones leave gaps of ten. */
  readonly order: number;
  /** Whether an entity has the tab. `kind` is the narrowest: Streams for a stream. */
  readonly appliesTo: (kind: Kind, entity: EntityDocument) => boolean;
  readonly load: () => Promise<EntityTabModule>;
}

/** What an entity tab's module exports. */
export interface EntityTabModule {
  readonly default: ComponentType<EntityTabProps>;
  /** How its edited fields are read and saved; a tab that only shows has none. */
  readonly draft?: DraftPart;
}

/** What a tab gets. Its edited fields come from useEntityDraft. */
export interface EntityTabProps {
  readonly kind: Kind;
  readonly entity: EntityDocument;
}

/** The editable fields of a tab. */
export interface DraftPart {
  /** The fields as they are saved now. */
  readonly read: (entity: EntityDocument, kind: Kind) => Fields;
  /** What a person calls a field. */
  readonly label: (field: string) => string;
  /** A value of the field in words, where its type does not say enough; undefined leaves it to the type. */
  readonly show?: (field: string, value: Json | undefined) => string | undefined;
  /**
   * Saves the changed fields; {@link saveEach} does it field by field.
   * @returns what could not be saved, by field; an empty object when all was. What is no field's fault is thrown.
   */
  readonly save: (entity: EntityDocument, changes: Fields) => Promise<FieldErrors>;
}

/** A page: everything that rail, Browse, palette, document bar and tests need to know of it. */
export interface Page {
  readonly id: string;
  /** Pattern of react-router, below /Composer. */
  readonly route: string;
  readonly title: string;
  readonly icon: FluentIcon;
  /** An item of the rail; `to` where it differs from the route. */
  readonly rail?: { readonly order: number; readonly label?: string; readonly to?: string };
  /** Whether the Browse tree stands beside it. */
  readonly hasTree?: boolean;
  /** The rail item that is marked while the page shows, its own where nothing is said. */
  readonly area?: string;
  readonly needs?: Need;
  readonly load: () => Promise<{ default: ComponentType }>;
  /** The document that an address of the page belongs to; by default the page is one document. Null for none. */
  readonly document?: (params: Params) => DocumentMark | null;
  readonly commands?: readonly Command[];
  readonly entityTabs?: readonly EntityTab[];
  /** The panel beside any page that makes an entity for a picker. */
  readonly newPanel?: () => Promise<{ default: ComponentType<NewPanelProperties> }>;
}

/** What the panel that makes an entity gets. */
export interface NewPanelProperties {
  readonly kind: Kind;
  /** Tells panels apart that stand behind each other, and whether this one shows. */
  readonly id: number;
  readonly isOnTop: boolean;
  /** Called with the name of what was made; undefined when it was given up. */
  readonly onDone: (name: string | undefined) => void;
}
