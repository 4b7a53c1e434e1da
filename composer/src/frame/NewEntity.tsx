import { OverlayDrawer } from '@fluentui/react-components';
import { lazy, Suspense } from 'react';
import { useAskedNew } from '../parts/makeNew';
import { kindTexts, pages } from '../registry';
import { texts } from '../texts';

const load = pages.find(page => page.newPanel)?.newPanel;
const Panel = load && lazy(load);

/** The panel in which a picker has an entity made. What is asked for from within it shows in its place, and then it shows again as it was left. */
export function NewEntity() {
  const asked = useAskedNew(state => state.asked);
  const top = asked.at(-1);
  if (!Panel || !top) return null;
  return (
    <OverlayDrawer open position="end" style={{ width: 'min(640px, 100vw)' }} aria-label={texts.create.title(kindTexts(top.kind).one)} onOpenChange={(_, { open }) => { if (!open) top.answer(undefined); }}>
      {asked.map(one => (
        <div key={one.id} hidden={one !== top} style={{ display: one === top ? 'contents' : 'none' }}>
          <Suspense><Panel kind={one.kind} id={one.id} isOnTop={one === top} onDone={one.answer} /></Suspense>
        </div>
      ))}
    </OverlayDrawer>
  );
}
