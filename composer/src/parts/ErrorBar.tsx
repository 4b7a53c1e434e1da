import { Button, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';

/** Why an answer could not be shown, as the server says it. */
export const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A failure of the whole page; an error of one field stands at the field. */
export function ErrorBar({ error, action }: { error: unknown; action?: { label: string; run: () => void } | undefined }) {
  if (error === undefined || error === null) return null;
  return (
    <MessageBar intent="error" layout="multiline">
      <MessageBarBody>{sentenceOf(error)}</MessageBarBody>
      {action && <MessageBarActions><Button size="small" onClick={action.run}>{action.label}</Button></MessageBarActions>}
    </MessageBar>
  );
}
