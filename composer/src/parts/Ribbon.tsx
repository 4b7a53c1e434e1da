import css from './Ribbon.module.css';
import type { LinkState } from './State';

/** A strip of states over time: the honest memory of a link. Lengths are relative, parts without a state are not known; `label` says it in words. */
export function Ribbon({ parts, label, height = 10 }: { parts: readonly { state: LinkState | undefined; length: number }[]; label: string; height?: number }) {
  const total = parts.reduce((sum, part) => sum + part.length, 0) || 1;
  return (
    <span className={css.ribbon} style={{ height }} role="img" aria-label={label}>
      {parts.map((part, index) => (
        <i key={index} data-state={part.state} style={{ width: `${(part.length / total) * 100}%`, backgroundColor: part.state ? `var(--s-${part.state}-mark)` : 'var(--colorNeutralBackground4)' }} />
      ))}
    </span>
  );
}
