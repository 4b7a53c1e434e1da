import type { Kind } from '../../registry';

/** The document, and the key of the draft, of what is being made; a panel has its own. */
export const newDocument = (kind: Kind, isPanel = false): string => (isPanel ? `/new/${kind.id}#panel` : `/new/${kind.id}`);
