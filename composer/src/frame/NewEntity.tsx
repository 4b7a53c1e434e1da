import { OverlayDrawer } from '@fluentui/react-components';
import { lazy, Suspense } from 'react';
import { useAskedNew } from '../parts/makeNew';
import { kindTexts, pages } from '../registry';
import { texts } from '../texts';

const load = pages.find(page => page.newPanel)?.newPanel;
const Panel = load && lazy(load);

/** The panel in which a picker has an entity made. */
export function NewEntity() {
  const asked = useAskedNew(state => state.asked);
  if (!Panel || !asked) return null;
  return (
    <OverlayDrawer open position="end" style={{ width: 'min(640px, 100vw)' }} aria-label={texts.create.title(kindTexts(asked.kind).one)} onOpenChange={(_, { open }) => { if (!open) asked.answer(undefined); }}>
      <Suspense><Panel key={asked.kind.id} kind={asked.kind} onDone={asked.answer} /></Suspense>
    </OverlayDrawer>
  );
}
