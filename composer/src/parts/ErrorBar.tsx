import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import css from './ErrorBar.module.css';

/** Why an answer could not be shown, as the server says it. */
export const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

interface Properties {
  /** An error or a sentence; without it nothing shows. */
  error: unknown;
  action?: { label: string; run: () => void } | undefined;
  /** Without the margins of a page, in a dialog. */
  isBare?: boolean;
}

/** A failure of the whole page; an error of one field stands at the field. */
export function ErrorBar({ error, action, isBare = false }: Properties) {
  if (error === undefined || error === null) return null;
  return (
    <div className={isBare ? undefined : css.bar}>
      <MessageBar intent="error">
        <MessageBarBody>{sentenceOf(error)}</MessageBarBody>
        {action && <MessageBarActions><Button size="small" onClick={action.run}>{action.label}</Button></MessageBarActions>}
      </MessageBar>
    </div>
  );
}
