import type { EntityRow } from '../../../api/entities';
import { formatTags } from '../../../api/infotable';
import { kindOfRow } from '../../../registry';

/** What narrows the list; empty does not matter. */
export interface ExportFilter {
  /** A kind as Browse lists it. */
  readonly kind: string;
  readonly project: string;
  readonly tag: string;
  readonly q: string;
}

/** The entities that are asked for; with a project also the project itself, so that it is there after an import. */
export function narrow(rows: readonly EntityRow[], { kind, project, tag, q }: ExportFilter): EntityRow[] {
  const word = q.toLowerCase();
  return rows.filter(row =>
    (kind === '' || kindOfRow(row)?.id === kind)
    && (project === '' || row.project === project || (row.type === 'Project' && row.name === project))
    && (tag === '' || row.tags.some(one => formatTags([one]) === tag))
    && (word === '' || row.name.toLowerCase().includes(word) || row.description.toLowerCase().includes(word)));
}

/** The file's name: whose entities, which, from when. */
export function fileName(server: string, { kind, project }: ExportFilter, now: number): string {
  const day = new Date(now).toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-');
  return `${[server, project, kind, day].filter(Boolean).join('_').replace(/[^\p{L}\p{N}._-]+/gu, '-')}.xml`;
}
