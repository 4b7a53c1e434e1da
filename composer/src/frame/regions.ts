import { texts } from '../texts';
import { useShortcut } from './shortcuts';

const focusable = 'a[href],button:not([disabled]),input:not([disabled]),[tabindex="0"]';

/** F6 and Shift F6 move the focus between the regions of the frame: rail, tree, tabs, content, panel, status. */
export function useRegions(): void {
  useShortcut({ keys: 'F6', does: texts.keys.nextRegion, isGlobal: true, inFields: true }, () => go(1));
  useShortcut({ keys: 'Shift+F6', does: texts.keys.lastRegion, isGlobal: true, inFields: true }, () => go(-1));
}

function go(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(region => region.offsetParent !== null);
  const here = regions.findLastIndex(region => region.contains(document.activeElement));
  const next = regions[(here + step + regions.length) % regions.length];
  (next?.matches('[tabindex]') ? next : next?.querySelector<HTMLElement>(focusable) ?? next)?.focus();
}
