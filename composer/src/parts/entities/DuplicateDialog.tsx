import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Field, Input } from '@fluentui/react-components';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { invoke } from '../../api/services';
import { refreshLists } from '../../app/entityEvents';
import { tell } from '../../frame/status';
import { kindTexts, type Kind } from '../../registry';
import { texts } from '../../texts';
import { sentenceOf } from '../ErrorBar';
import css from './EntityDialogs.module.css';

/** Asks for the name of a copy, makes it and opens it. */
export function DuplicateDialog({ kind, name, onClose }: { kind: Kind; name: string; onClose: () => void }) {
  const navigate = useNavigate();
  const [copy, setCopy] = useState(`${name}Copy`);
  const [error, setError] = useState<string | undefined>();
  const [isBusy, setIsBusy] = useState(false);
  const clone = kind.making?.clone;

  const run = async (event: FormEvent) => {
    event.preventDefault();
    if (!clone) return;
    setIsBusy(true);
    try {
      await invoke('Resources', 'EntityServices', clone.service, { [clone.source]: name, name: copy });
      if (kind.collection === 'Things') await invoke('Things', copy, 'EnableThing');
      refreshLists(kind.collection);
      tell(texts.entity.duplicated(name, copy));
      onClose();
      void navigate(`/${kind.collection}/${encodeURIComponent(copy)}`);
    } catch (failure) {
      setError(sentenceOf(failure));
      setIsBusy(false);
    }
  };

  return (
    <Dialog open onOpenChange={(_, { open }) => { if (!open) onClose(); }}>
      <DialogSurface className={css.surface}>
        <form onSubmit={event => void run(event)}>
          <DialogBody>
            <DialogTitle>{texts.entity.duplicateTitle(name)}</DialogTitle>
            <DialogContent>
              <p className="hint">{kind.collection === 'Things' ? texts.entity.duplicateThingHint : texts.entity.duplicateHint(kindTexts(kind).one)}</p>
              <Field label={texts.entity.name} required {...(error ? { validationMessage: error, validationState: 'error' } : {})}><Input autoFocus value={copy} onChange={(_, data) => { setCopy(data.value); setError(undefined); }} /></Field>
            </DialogContent>
            <DialogActions>
              <Button type="submit" appearance="primary" disabled={isBusy || copy.trim() === ''}>{texts.actions.duplicate}</Button>
              <Button onClick={onClose}>{texts.actions.cancel}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
