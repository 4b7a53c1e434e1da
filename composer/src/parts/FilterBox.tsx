import { Input } from '@fluentui/react-components';
import { FilterRegular } from '@fluentui/react-icons/svg/filter';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useEffect, useRef, useState } from 'react';
import { useShortcut } from '../frame/shortcuts';
import { texts } from '../texts';
import css from './FilterBox.module.css';

/** The filter of a list; `/` goes there. What is typed counts after a moment. */
export function FilterBox({ value, label, onChange }: { value: string; label: string; onChange: (value: string) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  // Back and Forward change the filter from outside.
  if (value !== known) {
    setKnown(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed === known) return undefined;
    const timer = setTimeout(() => onChange(typed), 120);
    return () => clearTimeout(timer);
  });
  useShortcut({ keys: '/', does: texts.keys.filter }, () => input.current?.focus());
  return (
    <Input
      ref={input} type="text" className={css.box} contentBefore={<FilterRegular aria-hidden />} placeholder={label} aria-label={label} value={typed} onChange={(_, data) => setTyped(data.value)}
      onKeyDown={event => { if (event.key === 'Escape' && typed !== '') { event.stopPropagation(); event.preventDefault(); setTyped(''); } }}
      contentAfter={typed === '' ? <kbd>/</kbd> : <button type="button" className={css.clear} aria-label={texts.actions.clear} onClick={() => setTyped('')}><DismissRegular aria-hidden /></button>}
    />
  );
}
