import { isObject, type Json } from '../../api/infotable';
import { same } from '../../app/draft';
import { typedSecret } from '../../app/secrets';
import { texts } from '../../texts';

const words = texts.entity.values;

/** A value in words: what is made of parts says those that are filled in. */
export function showValue(value: Json | undefined): string {
  if (isEmpty(value)) return texts.entity.nothing;
  if (value === typedSecret) return texts.configuration.typed;
  if (typeof value === 'boolean') return value ? texts.yes : texts.no;
  if (Array.isArray(value)) return value.every(one => typeof one !== 'object') ? value.join(', ') : words.entries(value.length);
  if (!isObject(value)) return shortened(String(value));
  return Object.entries(value).filter(([, part]) => !isEmpty(part as Json) && part !== false).map(([name, part]) => `${partName(name)}: ${showValue(part as Json)}`).join(' · ');
}

/** A change in words. Of what is made of parts, only those that differ; `from` is left out where there was nothing to change. */
export function showChange(from: Json | undefined, to: Json | undefined, show: (value: Json | undefined) => string = showValue): { from?: string; to: string } {
  if (isObject(from) && isObject(to)) {
    const [before, after] = [from as Record<string, Json>, to as Record<string, Json>];
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(name => !same(before[name] ?? null, after[name] ?? null));
    return { to: names.map(name => (isSimple(before[name]) && isSimple(after[name]) ? `${partName(name)}: ${showValue(before[name])} → ${showValue(after[name])}` : words.changed(partName(name)))).join(' · ') };
  }
  // What a secret was is nobody's business.
  if (to === typedSecret) return { to: show(to) };
  if (isObject(to)) return { to: words.added(show(to)) };
  if (isObject(from) && isEmpty(to)) return { to: texts.configuration.removed };
  return from === undefined ? { to: show(to) } : { from: show(from), to: show(to) };
}

/** Longer texts are not read in a list. */
const longest = 80;

const shortened = (text: string): string => {
  const lines = text.split('\n').length;
  return lines > 2 ? words.lines(lines) : text.length > longest ? `${text.slice(0, longest)}…` : text;
};

const isEmpty = (value: Json | undefined): boolean => value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
const isSimple = (value: Json | undefined): boolean => value === undefined || typeof value !== 'object' || value === null ? !(typeof value === 'string' && value.includes('\n')) : false;

// dataChangeType is "data change type".
const partName = (name: string): string => name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
