import { Button } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useEffect, useRef, type ReactNode } from 'react';
import { texts } from '../texts';
import css from './SidePanel.module.css';

/** A list with room for a panel beside it; below 1200 px the panel stands over the list. */
export const WithPanel = ({ children, panel }: { children: ReactNode; panel?: ReactNode }) => <div className={css.layout}><div className={css.main}>{children}</div>{panel}</div>;

interface Properties {
  title: ReactNode;
  /** Says what it is to those who do not see it. */
  label: string;
  /** For forms of two columns and for code. */
  isWide?: boolean;
  /** Buttons that always show. */
  foot?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}

/** A panel beside a list: takes the focus when it opens and gives it back; Escape closes it. */
export function SidePanel({ title, label, isWide = false, foot, onClose, children }: Properties) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    const first = panel.current?.querySelector<HTMLElement>('[data-first] input, [data-first] textarea, [data-first] button');
    (first ?? panel.current)?.focus({ preventScroll: true });
    return () => { if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true }); };
  }, []);
  return (
    <aside
      ref={panel} className={css.panel} data-wide={isWide || undefined} data-inset aria-label={label} tabIndex={-1} data-region="panel"
      onKeyDown={event => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
    >
      <header className={css.head}><h2>{title}</h2><Button size="small" appearance="subtle" icon={<DismissRegular />} aria-label={texts.actions.close} title={texts.actions.close} onClick={onClose} /></header>
      <div className={css.body} tabIndex={-1}>{children}</div>
      {foot && <footer className={css.foot}>{foot}</footer>}
    </aside>
  );
}
