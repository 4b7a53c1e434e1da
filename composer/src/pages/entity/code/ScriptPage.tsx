import { Button } from '@fluentui/react-components';
import { ArrowLeftRegular } from '@fluentui/react-icons/svg/arrow-left';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { texts } from '../../../texts';
import { EditMark } from '../members/EditMark';
import type { DraftMember } from '../members/memberDraft';
import { CodeEditor } from './CodeEditor';
import type { LineFault } from './failure';
import type { ScriptEditorProperties } from './ScriptEditor';
import css from './ScriptPage.module.css';

interface Properties extends Omit<ScriptEditorProperties, 'faults'> {
  title: string;
  /** The list that it is one of. */
  back: { readonly to: string; readonly label: string };
  state: DraftMember<unknown>['state'];
  /** What the server refused or what failed, at a line or in a sentence. */
  fault: LineFault | string | undefined;
  /** Buttons behind the title. */
  actions?: ReactNode;
  /** The definition beside the code. */
  aside: ReactNode;
  /** What stands below the code. */
  foot?: ReactNode;
}

/** A script with its definition beside it. What is wrong stands at its line and in words below the code. */
export function ScriptPage({ title, back, state, fault, actions, aside, foot, ...editor }: Properties) {
  const navigate = useNavigate();
  const faults = typeof fault === 'object' ? [fault] : none;
  return (
    <div className={css.page}>
      <div className={css.bar}>
        <Button appearance="subtle" size="small" icon={<ArrowLeftRegular />} aria-label={back.label} title={back.label} onClick={() => void navigate(back.to)} />
        <h2 title={title}>{title}</h2>
        <EditMark state={state} />
        <span className="grow" />
        {actions}
      </div>
      <div className={css.code}>
        <CodeEditor {...editor} faults={faults} />
        {fault !== undefined && <div className={css.fault} role="status">{typeof fault === 'object' ? <><b>{texts.code.line(fault.line)}</b> {fault.sentence}</> : fault}</div>}
      </div>
      <aside className={css.aside} aria-label={texts.properties.definition}>{aside}</aside>
      {foot && <div className={css.foot}>{foot}</div>}
    </div>
  );
}

const none: readonly LineFault[] = [];
