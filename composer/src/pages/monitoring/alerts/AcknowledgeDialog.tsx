import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Input, ProgressBar } from '@fluentui/react-components';
import { useState } from 'react';
import { text, type Row } from '../../../api/infotable';
import { tell } from '../../../frame/status';
import { ErrorBar } from '../../../parts/ErrorBar';
import { FormField } from '../../../parts/FormField';
import { texts } from '../../../texts';
import css from '../Monitoring.module.css';
import { acknowledge, propertiesOf } from './acknowledge';

const words = texts.monitoring.alerts;

/** Takes note of alerts, with a note of one's own. */
export function AcknowledgeDialog({ alerts, onClose }: { alerts: readonly Row[]; onClose: () => void }) {
  const [note, setNote] = useState('');
  const [done, setDone] = useState<number | undefined>();
  const [error, setError] = useState<unknown>();
  const all = propertiesOf(alerts).length;
  const [only] = alerts;
  const run = async () => {
    setDone(0);
    setError(undefined);
    const result = await acknowledge(alerts, note.trim(), setDone);
    setDone(undefined);
    if (result.done > 0) tell(words.acknowledged(result.done));
    if (result.error === undefined) onClose();
    else setError(result.error);
  };
  return (
    <Dialog open onOpenChange={(_, { open }) => { if (!open && done === undefined) onClose(); }}>
      <DialogSurface className={css.dialog}>
        <form onSubmit={event => { event.preventDefault(); void run(); }}>
          <DialogBody>
            <DialogTitle>{words.ask(alerts.length, alerts.length === 1 ? `${text(only, 'source')}.${text(only, 'sourceProperty')}` : '')}</DialogTitle>
            <DialogContent>
              <FormField label={texts.alerts.note} hint={words.noteHint}><Input size="small" value={note} onChange={(_, data) => setNote(data.value)} autoFocus /></FormField>
              {done !== undefined && <ProgressBar value={done} max={all} aria-label={words.progress(done, all)} style={{ marginTop: 12 }} />}
              <ErrorBar error={error} isBare />
            </DialogContent>
            <DialogActions>
              <Button appearance="primary" type="submit" disabled={done !== undefined}>{texts.alerts.acknowledge}</Button>
              <Button disabled={done !== undefined} onClick={onClose}>{texts.actions.cancel}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
