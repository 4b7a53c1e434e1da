import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';
import { create } from 'zustand';
import { texts } from '../texts';
import css from './ShortcutList.module.css';
import { useShortcut, useShortcuts } from './shortcuts';

const useOpen = create(() => ({ isOpen: false }));

/** Opens the list of keys. */
export const showShortcuts = (): void => useOpen.setState({ isOpen: true });

/** All keys of the present page, and those that hold everywhere. */
export function ShortcutList() {
  const isOpen = useOpen(state => state.isOpen);
  const entries = useShortcuts(state => state.entries);
  useShortcut({ keys: '?', does: texts.keys.list, isGlobal: true }, showShortcuts);
  const close = () => useOpen.setState({ isOpen: false });
  if (!isOpen) return null;

  const unique = [...new Map(entries.map(entry => [entry.keys, entry])).values()];
  const documents = unique.filter(entry => entry.keys.startsWith('Alt+'));
  const shown = unique.filter(entry => !documents.includes(entry));
  return (
    <Dialog open onOpenChange={(_, { open }) => { if (!open) close(); }}>
      <DialogSurface className={css.surface}>
        <DialogBody>
          <DialogTitle>{texts.keys.title}</DialogTitle>
          <DialogContent className={css.columns}>
            <Keys title={texts.keys.ofPage} entries={[...shown.filter(entry => !entry.isGlobal), ...texts.keys.grid.map(([keys, does]) => ({ keys, does }))]} />
            <Keys title={texts.keys.everywhere} entries={[...shown.filter(entry => entry.isGlobal), { keys: 'Alt+1 … 9', does: texts.keys.documents }]} />
          </DialogContent>
          <DialogActions><Button onClick={close}>{texts.actions.close}</Button></DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

function Keys({ title, entries }: { title: string; entries: readonly { readonly keys: string; readonly does: string }[] }) {
  return (
    <section>
      <h3 className={css.title}>{title}</h3>
      <dl className={css.keys}>
        {entries.map(entry => <div key={entry.keys}><dt>{entry.keys.split(/[ +](?!…|9)/).map((key, index) => <kbd key={index}>{texts.keys.names[key] ?? key}</kbd>)}</dt><dd>{entry.does}</dd></div>)}
      </dl>
    </section>
  );
}
