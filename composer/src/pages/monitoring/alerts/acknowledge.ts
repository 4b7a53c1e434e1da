import { text, type Row } from '../../../api/infotable';
import { invoke } from '../../../api/services';

/** What one call takes note of: all alerts of a property. */
export interface Noted { readonly thing: string; readonly property: string }

/** The properties whose alerts nobody has taken note of, each once. */
export const propertiesOf = (alerts: readonly Row[]): Noted[] => [
  ...new Map(alerts.map(row => ({ thing: text(row, 'source'), property: text(row, 'sourceProperty') })).map(one => [JSON.stringify(one), one])).values(),
];

/**
 * Takes note of alerts, one property after the other.
 * @returns how many properties are done, and why it ended early.
 */
export async function acknowledge(alerts: readonly Row[], message: string, onProgress: (done: number) => void): Promise<{ done: number; error?: unknown }> {
  let done = 0;
  for (const { thing, property } of propertiesOf(alerts)) {
    try {
      await invoke('Things', thing, 'AcknowledgeAlert', { property, message: message || undefined });
    } catch (error) {
      return { done, error };
    }
    onProgress((done += 1));
  }
  return { done };
}
