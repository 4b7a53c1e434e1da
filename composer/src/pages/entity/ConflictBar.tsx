import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from '@fluentui/react-components';
import { useState } from 'react';
import type { EntityDocument } from '../../api/entities';
import { useEntityChanges } from '../../app/entityEvents';
import { formatClock } from '../../parts/format';
import { texts } from '../../texts';
import css from './ConflictBar.module.css';
import { showValue } from './showValue';
import type { Editor } from './useEditor';

/** Somebody else saved fields that are edited here: who, when, and what to do about each. */
export function ConflictBar({ entity, editor }: { entity: EntityDocument; editor: Editor }) {
  const change = useEntityChanges(state => state.last[`${entity.kind}/${entity.name}`]);
  const [isComparing, setIsComparing] = useState(false);
  const { conflicts, changes, settle } = editor;
  if (conflicts.length === 0) return null;
  const changeOf = (name: string) => changes.find(one => `${one.tab}.${one.field}` === name);
  return (
    <div className={css.bar}>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{texts.entity.savedByOther(formatClock(change?.time ?? entity.lastModified))}</MessageBarTitle>
          {texts.entity.conflicts(conflicts.length, changes.length)}
        </MessageBarBody>
        <MessageBarActions>
          <Button size="small" onClick={() => setIsComparing(!isComparing)} aria-expanded={isComparing}>{texts.entity.compare}</Button>
          <Button size="small" onClick={() => settle('theirs')}>{texts.entity.takeTheirs}</Button>
          <Button size="small" onClick={() => settle('mine')}>{texts.entity.keepMine}</Button>
        </MessageBarActions>
      </MessageBar>
      {isComparing && (
        <table className={css.compare}>
          <thead><tr><th>{texts.entity.field}</th><th>{texts.entity.before}</th><th>{texts.entity.theirs}</th><th>{texts.entity.mine}</th></tr></thead>
          <tbody>
            {conflicts.map(conflict => (
              <tr key={conflict.field}><th scope="row">{changeOf(conflict.field)?.label ?? conflict.field}</th>{[conflict.base, conflict.theirs, conflict.mine].map((value, index) => <td key={index}>{(changeOf(conflict.field)?.show ?? showValue)(value)}</td>)}</tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
