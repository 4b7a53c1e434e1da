import { Button } from '@fluentui/react-components';
import type { FluentIcon } from '@fluentui/react-icons';
import { useMedia } from '../frame/useMedia';

interface Properties {
  icon: FluentIcon;
  label: string;
  /** Why it is disabled, or more of what it does. */
  hint?: string | undefined;
  appearance?: 'secondary' | 'subtle';
  disabled?: boolean;
  onClick: () => void;
}

/** A secondary action of a toolbar: an icon and a word, the icon alone where room is scarce. */
export function ToolButton({ icon: Icon, label, hint, appearance = 'secondary', ...rest }: Properties) {
  const isNarrow = useMedia('(max-width: 1099px)');
  return <Button {...rest} appearance={appearance} icon={<Icon />} aria-label={label} title={hint ?? (isNarrow ? label : undefined)}>{isNarrow ? undefined : label}</Button>;
}
