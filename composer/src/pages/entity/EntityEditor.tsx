import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger, Tab, TabList } from '@fluentui/react-components';
import { MoreHorizontalRegular } from '@fluentui/react-icons/svg/more-horizontal';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { EntityDocument } from '../../api/entities';
import { text } from '../../api/infotable';
import { useKindList } from '../../api/lists';
import { useConnection } from '../../api/live';
import { DraftContext, entityKey } from '../../app/entityDraft';
import { useShortcut } from '../../frame/shortcuts';
import { confirm } from '../../parts/confirm';
import { DeleteDialog } from '../../parts/entities/DeleteDialog';
import { DuplicateDialog } from '../../parts/entities/DuplicateDialog';
import { ErrorBar } from '../../parts/ErrorBar';
import { PageHead } from '../../parts/PageHead';
import { RowSkeletons } from '../../parts/Skeletons';
import { kindById, type EntityTab, type Kind } from '../../registry';
import { texts } from '../../texts';
import { ConflictBar } from './ConflictBar';
import { EntityMarks } from './EntityMarks';
import css from './EntityEditor.module.css';
import { UnsavedList } from './UnsavedList';
import { useEditor } from './useEditor';

interface Properties {
  kind: Kind;
  entity: EntityDocument;
  tabs: readonly EntityTab[];
  tab: EntityTab;
  /** It has been deleted since. */
  isGone: boolean;
}

/** Head, tabs and the tab that shows, with Save and Cancel over all of them. */
export function EntityEditor({ kind, entity, tabs, tab, isGone }: Properties) {
  const navigate = useNavigate();
  const row = useKindList(kindById(entity.kind)).data?.find(one => one.name === entity.name);
  const readOnly = isGone ? texts.entity.isGone : row === undefined || row.mayUpdate ? undefined : texts.entity.mayNotChange;
  const editor = useEditor(kind, entity, tabs, tab, readOnly);
  const isCutOff = useConnection().state === 'lost';
  const [dialog, setDialog] = useState<'delete' | 'duplicate' | undefined>();
  const { module, changes } = editor;
  const address = entityKey(entity.kind, entity.name);
  const isDirty = changes.length > 0;
  const canSave = isDirty && !editor.isSaving && !isCutOff && readOnly === undefined;
  const canMake = kind.making !== undefined;

  const showTab = (id: string) => void navigate(`${address}/${id}`);
  const step = (by: number) => showTab(tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length]?.id ?? tab.id);
  useShortcut({ keys: 'Ctrl+S', does: texts.actions.save, inFields: true }, () => { if (canSave) void editor.save(); });
  useShortcut({ keys: 'Ctrl+Alt+ArrowRight', does: texts.keys.nextTab, inFields: true }, () => step(1));
  useShortcut({ keys: 'Ctrl+Alt+ArrowLeft', does: texts.keys.lastTab, inFields: true }, () => step(-1));

  // Outside fields only, and never in silence.
  useShortcut({ keys: 'Escape', does: texts.keys.cancelEdit, isOff: !isDirty }, () => void confirm({ title: texts.entity.discard(changes.length), action: texts.entity.discardDo, isDangerous: true }).then(yes => { if (yes) editor.cancel(); }));

  const Shown = module?.default;
  return (
    <DraftContext value={editor.context}>
      <PageHead icon={kind.icon} title={entity.name} hint={<EntityMarks kind={kind} entity={entity} />}>
        <Button appearance="primary" disabled={!canSave} title={isCutOff ? texts.entity.saveWaits : readOnly} onClick={() => void editor.save()}>{texts.actions.save}</Button>
        <Button disabled={!isDirty} onClick={editor.cancel}>{texts.actions.cancel}</Button>
        <Menu>
          <MenuTrigger disableButtonEnhancement><Button appearance="subtle" icon={<MoreHorizontalRegular />} aria-label={texts.actions.more} title={texts.actions.more} /></MenuTrigger>
          <MenuPopover>
            <MenuList>
              <MenuItem disabled={!kind.making?.clone} onClick={() => setDialog('duplicate')}>{texts.actions.duplicate}</MenuItem>
              <MenuItem disabled={!canMake || entity.isSystemObject || row?.mayDelete === false} onClick={() => setDialog('delete')}>{texts.actions.delete}</MenuItem>
            </MenuList>
          </MenuPopover>
        </Menu>
      </PageHead>
      <TabList className={css.tabs} size="small" selectedValue={tab.id} onTabSelect={(_, { value }) => showTab(String(value))} data-region="subtabs">
        {tabs.map(one => {
          const wrong = Object.keys(editor.errors).filter(name => name.startsWith(`${one.id}.`)).length;
          return <Tab key={one.id} value={one.id}>{one.title}{wrong > 0 && <span className={css.wrong}>{texts.entity.wrongFields(wrong)}</span>}</Tab>;
        })}
      </TabList>
      <ErrorBar error={readOnly} />
      <ErrorBar error={editor.failure} />
      <ConflictBar entity={entity} editor={editor} />
      <div className={css.content}>
        {Shown ? <Shown kind={kind} entity={entity} /> : <RowSkeletons />}
        {tab.id === 'general' && <UnsavedList changes={changes} />}
      </div>
      {dialog === 'delete' && <DeleteDialog kind={kind} rows={row ? [{ ...row, parent: text(entity.all, 'thingTemplate') }] : []} onClose={() => setDialog(undefined)} onDone={() => void navigate(`/browse/${kind.id}`)} />}
      {dialog === 'duplicate' && <DuplicateDialog kind={kind} name={entity.name} onClose={() => setDialog(undefined)} />}
    </DraftContext>
  );
}
