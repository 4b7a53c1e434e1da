import { useRef, type KeyboardEvent } from 'react';
import css from './Segments.module.css';

interface Properties<T extends string> {
  /** Says what is chosen. */
  label: string;
  value: T;
  choices: readonly { readonly value: T; readonly label: string }[];
  onChange: (value: T) => void;
}

/** One of a few views; arrow keys move. */
export function Segments<T extends string>({ label, value, choices, onChange }: Properties<T>) {
  const group = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const index = (choices.findIndex(choice => choice.value === value) + step + choices.length) % choices.length;
    const next = choices[index];
    if (!next) return;
    onChange(next.value);
    (group.current?.children[index] as HTMLElement | undefined)?.focus();
  };
  return (
    <div ref={group} role="radiogroup" aria-label={label} className={css.segments} onKeyDown={onKeyDown}>
      {choices.map(choice => (
        <button key={choice.value} type="button" role="radio" data-inset aria-checked={choice.value === value} tabIndex={choice.value === value ? 0 : -1} onClick={() => onChange(choice.value)}>{choice.label}</button>
      ))}
    </div>
  );
}
