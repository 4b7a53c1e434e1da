import type { Kind } from '../../registry';

/** The document, and the key of the draft, of what is being made; each panel has its own. */
export const newDocument = (kind: Kind, panel?: number): string => (panel === undefined ? `/new/${kind.id}` : `/new/${kind.id}#${String(panel)}`);
