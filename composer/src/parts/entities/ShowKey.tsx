import { Button, Checkbox, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Input } from '@fluentui/react-components';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import { useEffect, useRef, useState } from 'react';
import { texts } from '../../texts';
import { ErrorBar } from '../ErrorBar';
import { FormField } from '../FormField';
import css from './ShowKey.module.css';

const words = texts.create.key;

/** Shows an application key, once: who closes it has said that it is stored. */
export function ShowKey({ name, read, onDone }: { name: string; read: () => Promise<string>; onDone: () => void }) {
  const [key, setKey] = useState('');
  const [error, setError] = useState<unknown>();
  const [isCopied, setIsCopied] = useState(false);
  const [isStored, setIsStored] = useState(false);
  const first = useRef(read);
  useEffect(() => {
    let isWanted = true;
    // The server gives it once, so it is asked for once: a second effect of the same page waits for the first answer.
    askOnce(name, first.current).then(given => { if (isWanted) setKey(given); }, (failure: unknown) => { if (isWanted) setError(failure); });
    return () => { isWanted = false; };
  }, [name]);
  const copy = () => void navigator.clipboard.writeText(key).then(() => setIsCopied(true), () => setIsCopied(false));
  return (
    <Dialog open modalType="alert">
      <DialogSurface className={css.key}>
        <DialogBody>
          <DialogTitle>{words.shown(name)}</DialogTitle>
          <DialogContent>
            <p>{words.shownHint}</p>
            <ErrorBar error={error} isBare />
            {error === undefined && (
              <FormField label={words.key}>
                <Input readOnly value={key} input={{ style: { fontFamily: 'var(--fontFamilyMonospace)' } }} onFocus={event => event.target.select()} contentAfter={<Button size="small" appearance="subtle" icon={<CopyRegular />} disabled={key === ''} onClick={copy}>{isCopied ? words.copied : words.copy}</Button>} />
              </FormField>
            )}
            <Checkbox label={words.stored} checked={isStored} disabled={key === '' && error === undefined} onChange={(_, data) => setIsStored(data.checked === true)} />
          </DialogContent>
          <DialogActions><Button appearance="primary" disabled={!isStored && error === undefined} onClick={onDone}>{texts.actions.close}</Button></DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

const asked = new Map<string, Promise<string>>();

function askOnce(name: string, read: () => Promise<string>): Promise<string> {
  const running = asked.get(name);
  if (running) return running;
  const answer = read();
  asked.set(name, answer);
  // Not kept: what is shown is gone from here when the dialog closes.
  void answer.finally(() => setTimeout(() => asked.delete(name), 0)).catch(() => undefined);
  return answer;
}
