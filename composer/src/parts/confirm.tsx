import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle } from '@fluentui/react-components';
import { useState, type ReactNode } from 'react';
import { create } from 'zustand';
import { texts } from '../texts';
import css from './confirm.module.css';
import { DangerButton } from './DangerButton';

/** A question before something is done. */
export interface Question {
  readonly title: string;
  readonly detail?: ReactNode;
  /** The verb with its object: "Delete 2 streams". */
  readonly action: string;
  readonly isDangerous?: boolean;
}

interface Asked { readonly question: Question; readonly answer: (yes: boolean) => void }
const useAsked = create<{ readonly asked: Asked | undefined }>()(() => ({ asked: undefined }));

/** Asks, and tells whether the person agreed. */
export const confirm = (question: Question): Promise<boolean> =>
  new Promise(resolve => useAsked.setState({ asked: { question, answer: yes => { useAsked.setState({ asked: undefined }); resolve(yes); } } }));

/** Where questions show; stands once in the frame. */
export function Questions() {
  const asked = useAsked(state => state.asked);
  // The words stay while the dialog closes.
  const [last, setLast] = useState<Question | undefined>();
  if (asked && asked.question !== last) setLast(asked.question);
  const question = asked?.question ?? last;
  if (!question) return null;
  return (
    <Dialog open={asked !== undefined} onOpenChange={(_, { open }) => { if (!open) asked?.answer(false); }} modalType="alert">
      <DialogSurface className={css.surface}>
          <DialogBody>
            <DialogTitle>{question.title}</DialogTitle>
            <DialogContent>{question.detail}</DialogContent>
            <DialogActions>
              {question.isDangerous
                ? <DangerButton onClick={() => asked?.answer(true)}>{question.action}</DangerButton>
                : <Button appearance="primary" onClick={() => asked?.answer(true)}>{question.action}</Button>}
              <Button onClick={() => asked?.answer(false)}>{texts.actions.cancel}</Button>
            </DialogActions>
          </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
