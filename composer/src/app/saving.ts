import { ApiError } from '../api/client';
import type { FieldErrors } from './draft';

// A wrong value, something that is not there, a missing right, something taken: these the person at the field can mend.
const ofField = [400, 403, 404, 409, 413, 422];

/**
 * Saves fields one after the other; what one refuses does not hold up the others.
 * @returns what was refused, by field.
 * @throws what says nothing about a field: no answer, no session, a queue that is full.
 */
export async function saveEach(fields: Iterable<readonly [field: string, save: () => Promise<unknown>]>): Promise<FieldErrors> {
  const refused: Record<string, string> = {};
  for (const [field, save] of fields) {
    try {
      await save();
    } catch (error) {
      if (!(error instanceof ApiError) || !ofField.includes(error.status)) throw error;
      refused[field] = error.message;
    }
  }
  return refused;
}
