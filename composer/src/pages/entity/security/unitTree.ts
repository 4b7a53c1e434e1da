import { texts } from '../../../texts';

/** A unit as the tab shows it. */
export interface ShownUnit { readonly name: string; readonly parent: string; readonly depth: number }

/** The units that stay, each behind the one it stands below; what stood below a unit that goes stands below the next one above that stays. */
export function orderUnits(all: readonly { readonly name: string; readonly parent: string; readonly isGone: boolean }[]): ShownUnit[] {
  const byName = new Map(all.map(unit => [unit.name, unit]));
  const above = (parent: string): string => {
    const unit = byName.get(parent);
    return unit?.isGone ? above(unit.parent) : parent;
  };
  const kept = all.filter(unit => !unit.isGone).map(unit => ({ name: unit.name, parent: above(unit.parent) }));
  const below = (parent: string, depth: number): ShownUnit[] => kept.filter(unit => unit.parent === parent).flatMap(unit => [{ ...unit, depth }, ...below(unit.name, depth + 1)]);
  return below('', 0);
}

/** What is wrong with the name of a new unit; of none nothing is said. */
export function unitFault(name: string, taken: readonly string[]): string | undefined {
  if (taken.includes(name)) return texts.security.unitTaken(name);
  return /[:/?*\\#]/.test(name) ? texts.security.unitSign : undefined;
}
