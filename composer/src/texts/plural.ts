const rules = new Intl.PluralRules('en');
const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const lists = new Intl.ListFormat('en', { type: 'conjunction' });

/** A number with its word: `1 row`, `1 204 rows`. */
export const plural = (count: number, one: string, many: string): string => `${counted(count)} ${rules.select(count) === 'one' ? one : many}`;

/** A whole number, thousands apart by a thin space. */
export const counted = (count: number): string => numbers.format(count).replaceAll(',', '\u202f');

/** `a, b and c`. */
export const listed = (items: readonly string[]): string => lists.format(items);

/** A noun inside a sentence: `Data Shape` stays, `Stream` is `stream`. */
export const inner = (noun: string): string => (noun.includes(' ') || noun.startsWith('Thing') ? noun : noun.charAt(0).toLowerCase() + noun.slice(1));
