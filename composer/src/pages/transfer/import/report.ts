import type { ImportLine, ImportOutcome } from '../../../api/transfer';
import { texts } from '../../../texts';

/** How many entities come to what. */
export function sumsOf(lines: readonly ImportLine[]): Readonly<Record<ImportOutcome, number>> {
  const sums = { created: 0, replaced: 0, passedOver: 0, failed: 0 };
  for (const { outcome } of lines) sums[outcome] += 1;
  return sums;
}

/** A report that can be sent to somebody: a line each, what failed first. */
export const writeReport = (file: string, server: string, isDone: boolean, lines: readonly ImportLine[]): string => [
  texts.transfer.reportTitle(file, server, isDone),
  ...lines.map(({ line, type, name, outcome, reason }) => [texts.transfer.outcomes(isDone)[outcome], `${type} ${name}`.trim(), line > 0 ? texts.transfer.line(line) : '', reason].filter(Boolean).join('\t')),
].join('\n');
