import { texts } from '../../../texts';
import { parseName } from './names';

/** What a person calls a field of the draft, as far as its name tells. */
export function labelOfName(field: string): string {
  const name = parseName(field);
  const table = texts.subscriber.tables[name.table] ?? name.table;
  return 'setting' in name ? name.setting : 'row' in name ? (name.table === 'FederationSubscribers' ? texts.subscriber.row(name.row) : texts.configuration.row(table, name.row)) : table;
}
