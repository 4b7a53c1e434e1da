import type { EditedField } from '../../../parts/fields/fields';

/** A field of two Data Shapes; undefined where one has no such field. */
export interface FieldPair { readonly name: string; readonly here: EditedField | undefined; readonly there: EditedField | undefined; readonly isSame: boolean }

/** How a Data Shape here stands to the one there. */
export interface Comparison {
  readonly state: 'same' | 'absent' | 'differs' | 'none';
  /** All fields where something differs, those there first. */
  readonly differences: readonly FieldPair[];
}

/** Compares field by field: name, base type and primary key. */
export function compareShapes(here: readonly EditedField[], there: readonly EditedField[]): Comparison {
  const names = [...new Set([...there, ...here].map(field => field.name))];
  const pairs = names.map((name): FieldPair => {
    const [own, other] = [here.find(field => field.name === name), there.find(field => field.name === name)];
    return { name, here: own, there: other, isSame: own !== undefined && other !== undefined && own.baseType === other.baseType && own.isPrimaryKey === other.isPrimaryKey };
  });
  return pairs.every(pair => pair.isSame) ? { state: 'same', differences: [] } : { state: 'differs', differences: pairs };
}

/** The name that is most like what was typed, if any is; a slip of the fingers, not another word. */
export function nearest(typed: string, names: readonly string[]): string | undefined {
  const sought = typed.toLowerCase();
  const ranked = names.map(name => ({ name, distance: name.toLowerCase().includes(sought) || sought.includes(name.toLowerCase()) ? 0 : editDistance(sought, name.toLowerCase()) })).sort((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best && best.distance <= Math.max(2, Math.floor(typed.length / 3)) ? best.name : undefined;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Reads `Thing@Server`; undefined where it is none. */
export function parseIdentifier(text: string): { readonly thing: string; readonly server: string } | undefined {
  const at = text.lastIndexOf('@');
  return at > 0 && at < text.length - 1 ? { thing: text.slice(0, at), server: text.slice(at + 1) } : undefined;
}
