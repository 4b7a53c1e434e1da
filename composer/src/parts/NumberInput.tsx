import { Input } from '@fluentui/react-components';
import { useState } from 'react';

interface Properties { value: number | null; onChange: (value: number | null) => void; isReadOnly?: boolean; isWhole?: boolean; 'aria-label'?: string }

/** A number that may be missing. What is typed and is no number yet stays in the field and counts as none. */
export function NumberInput({ value, onChange, isReadOnly = false, isWhole = false, ...control }: Properties) {
  const [typed, setTyped] = useState(value === null ? '' : String(value));
  const [known, setKnown] = useState(value);
  // Cancel and what others saved change the number from outside.
  if (value !== known) {
    setKnown(value);
    if (read(typed, isWhole) !== value) setTyped(value === null ? '' : String(value));
  }
  return (
    <Input
      size="small" {...control} readOnly={isReadOnly} value={typed} inputMode={isWhole ? 'numeric' : 'decimal'} input={{ className: 'num' }}
      onChange={(_, data) => {
        setTyped(data.value);
        const next = read(data.value, isWhole);
        setKnown(next);
        if (next !== value) onChange(next);
      }}
    />
  );
}

function read(words: string, isWhole: boolean): number | null {
  const number = Number(words.trim().replace(',', '.'));
  return words.trim() === '' || !Number.isFinite(number) || (isWhole && !Number.isInteger(number)) ? null : number;
}
