import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, Input } from '@fluentui/react-components';
import { useQueries } from '@tanstack/react-query';
import { useState } from 'react';
import { deleteEntity, dependentsOf, type Dependent, type EntityRow } from '../../api/entities';
import { useDrafts } from '../../app/drafts';
import { entityKey } from '../../app/entityDraft';
import { refreshLists } from '../../app/entityEvents';
import { useDocuments } from '../../frame/documents';
import { tell } from '../../frame/status';
import { isRemoteTemplate, kindOfType, kindTexts, type Kind } from '../../registry';
import { texts } from '../../texts';
import { DangerButton } from '../DangerButton';
import { ErrorBar, sentenceOf } from '../ErrorBar';
import css from './EntityDialogs.module.css';

interface Properties {
  kind: Kind;
  rows: readonly EntityRow[];
  onClose: () => void;
  /** Called with the names that are gone. */
  onDone?: (names: readonly string[]) => void;
}

const mostNamed = 12;

/** Asks before entities are deleted: names them, what still uses them, what may not be deleted and why, and what data are lost. */
export function DeleteDialog({ kind, rows, onClose, onDone }: Properties) {
  const words = kindTexts(kind);
  const [typed, setTyped] = useState('');
  const [isBusy, setIsBusy] = useState(false);
  const [failures, setFailures] = useState<readonly string[]>([]);
  const kept = rows.filter(row => row.isSystem || !row.mayDelete);
  const going = rows.filter(row => !kept.includes(row));
  const dependents = useQueries({ queries: going.slice(0, mostNamed).map(row => ({ queryKey: ['dependents', kind.collection, row.name], queryFn: ({ signal }: { signal: AbortSignal }) => dependentsOf(kind.collection, row.name, signal), staleTime: 0 })) });

  // Rows of a remote Thing are kept by the other server; only the stand-in goes.
  const losesRows = kind.templates !== undefined && going.some(row => !isRemoteTemplate(row.parent));
  const toType = going.length === 1 ? going[0]?.name ?? '' : String(going.length);
  const isSure = !losesRows || typed === toType;

  const run = async () => {
    setIsBusy(true);
    const results = await Promise.allSettled(going.map(row => deleteEntity(kind.collection, row.name)));
    setIsBusy(false);
    const gone = going.filter((_, index) => results[index]?.status === 'fulfilled').map(row => row.name);
    refreshLists(kind.collection);
    if (gone.length > 0) {
      for (const name of gone) forget(entityKey(kind.collection, name));
      tell(texts.entity.deleted(gone, words));
      onDone?.(gone);
    }
    const wrong = results.flatMap(result => (result.status === 'rejected' ? [sentenceOf(result.reason)] : []));
    if (wrong.length === 0) onClose(); else setFailures(wrong);
  };

  return (
    <Dialog open modalType="alert" onOpenChange={(_, { open }) => { if (!open) onClose(); }}>
      <DialogSurface className={css.surface}>
        <DialogBody>
          <DialogTitle>{texts.entity.deleteTitle(going.length, words)}</DialogTitle>
          <DialogContent>
            {failures.map(failure => <ErrorBar key={failure} error={failure} isBare />)}
            <ul className={css.names}>
              {going.slice(0, mostNamed).map((row, index) => <li key={row.name}><b>{row.name}</b><Uses dependents={dependents[index]?.data} error={dependents[index]?.error} /></li>)}
              {going.length > mostNamed && <li className="dim">{texts.entity.andMore(going.length - mostNamed)}</li>}
            </ul>
            {kept.length > 0 && (
              <>
                <h3 className={css.title}>{texts.entity.stays}</h3>
                <ul className={css.names}>{kept.slice(0, mostNamed).map(row => <li key={row.name}><b>{row.name}</b><div className="hint">{row.isSystem ? texts.entity.isOfPlatform : texts.entity.noRightToDelete}</div></li>)}</ul>
              </>
            )}
            {losesRows && going.length > 0 && <Field className={css.sure} label={texts.entity.losesRows(toType)}><Input autoFocus value={typed} onChange={(_, data) => setTyped(data.value)} /></Field>}
          </DialogContent>
          <DialogActions>
            {going.length > 0 && <DangerButton disabled={!isSure || isBusy} onClick={() => void run()}>{texts.entity.delete(going.length, words)}</DangerButton>}
            <Button onClick={onClose}>{texts.actions.cancel}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

// A document of what is gone has nothing to show.
function forget(document: string): void {
  useDrafts.getState().discard(document);
  useDocuments.getState().close(document);
}

function Uses({ dependents, error }: { dependents: readonly Dependent[] | undefined; error: unknown }) {
  if (error) return <div className="hint">{sentenceOf(error)}</div>;
  if (dependents === undefined) return <div className="hint">{texts.loading}</div>;
  if (dependents.length === 0) return <div className="hint">{texts.entity.unused}</div>;
  const named = dependents.slice(0, 5).map(one => {
    const kind = kindOfType(one.type);
    return `${kind ? kindTexts(kind).one : one.type} ${one.name}`;
  });
  return <div className={css.uses}>{texts.entity.usedBy(named, dependents.length - named.length)}</div>;
}
