import { request } from './client';
import { tableOf, text } from './infotable';
import { call } from './services';

/** What an import does with an entity of its file. */
export type ImportOutcome = 'created' | 'replaced' | 'passedOver' | 'failed';

/** What becomes of one entity of a file. `line` is 0 where the file as a whole is meant. */
export interface ImportLine {
  readonly line: number;
  /** Thing, User …; for what is passed over its collection. */
  readonly type: string;
  readonly name: string;
  readonly outcome: ImportOutcome;
  /** Why it fails; empty for the others. */
  readonly reason: string;
}

/** Tells what an import of the file would do, or does it. @throws ApiError with every fault, when nothing was imported. */
export async function sendFile(file: File, purpose: 'check' | 'import'): Promise<readonly ImportLine[]> {
  const form = new FormData();
  form.append('file', file);
  const report = await request(`Importer?purpose=${purpose}`, { method: 'POST', body: form }) as { lines: ImportLine[] };
  return report.lines;
}

/** Entities as a file that an import reads. */
export async function exportEntities(entities: readonly { readonly type: string; readonly name: string }[]): Promise<string> {
  const answer = await call('Resources/EntityServices', 'ExportEntities', { entities: tableOf({ type: 'STRING', name: 'STRING' }, entities.map(({ type, name }) => ({ type, name }))) as Record<string, unknown> });
  return text(answer.rows[0], 'result');
}
