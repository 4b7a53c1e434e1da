import { Button } from '@fluentui/react-components';
import type { FluentIcon } from '@fluentui/react-icons';
import css from './EmptyState.module.css';

interface Properties {
  icon?: FluentIcon;
  title: string;
  /** What this is, or what is missing and who can give it, in one sentence. */
  hint?: string;
  action?: { label: string; run: () => void; isPrimary?: boolean };
  /** Whether it is all that the window shows. */
  isPage?: boolean;
}

/** Says that there is nothing to show, why, and the one thing to do about it. */
export function EmptyState({ icon: Icon, title, hint, action, isPage = false }: Properties) {
  return (
    <div className={css.empty} data-page={isPage || undefined}>
      {Icon && <Icon className={css.icon} fontSize={24} aria-hidden />}
      <div className={css.title}>{title}</div>
      {hint && <div className="hint">{hint}</div>}
      {action && <Button size="small" appearance={action.isPrimary ? 'primary' : 'secondary'} onClick={action.run}>{action.label}</Button>}
    </div>
  );
}
