import { Button, Dialog, DialogActions, DialogBody, DialogContent, DialogSurface, DialogTitle, Input } from '@fluentui/react-components';
import { useState } from 'react';
import { FormField } from '../../../parts/FormField';
import { texts } from '../../../texts';
import { nameFault } from './useMemberPanel';

interface Properties { title: string; isTaken: (name: string) => boolean; onName: (name: string) => void; onClose: () => void }

/** Asks for the name of a new member. */
export function NameDialog({ title, isTaken, onName, onClose }: Properties) {
  const [name, setName] = useState('');
  const fault = nameFault(name, isTaken);
  const canAdd = name !== '' && fault === undefined;
  return (
    <Dialog open onOpenChange={(_, { open }) => { if (!open) onClose(); }}>
      <DialogSurface style={{ maxWidth: 420 }}>
        <form onSubmit={event => { event.preventDefault(); if (canAdd) { onClose(); onName(name); } }}>
          <DialogBody>
            <DialogTitle>{title}</DialogTitle>
            <DialogContent><FormField label={texts.members.name} hint={texts.members.nameHint} error={fault} isRequired><Input autoFocus value={name} onChange={(_, data) => setName(data.value)} /></FormField></DialogContent>
            <DialogActions>
              <Button type="submit" appearance="primary" disabled={!canAdd}>{texts.members.add}</Button>
              <Button onClick={onClose}>{texts.actions.cancel}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
