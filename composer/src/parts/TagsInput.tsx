import { Input, useFieldControlProps_unstable as useFieldControlProps } from '@fluentui/react-components';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useState } from 'react';
import { formatTags, parseTags } from '../api/infotable';
import { texts } from '../texts';
import css from './TagsInput.module.css';

/** Model tags: each `Vocabulary:Term` becomes a mark; Enter or a semicolon adds what is typed. */
export function TagsInput({ value, onChange, isReadOnly = false, ...rest }: { value: string; onChange: (value: string) => void; isReadOnly?: boolean }) {
  const [typed, setTyped] = useState('');
  const [isWrong, setIsWrong] = useState(false);
  const control = useFieldControlProps(rest as Record<string, unknown>, { supportsLabelFor: true });
  const tags = parseTags(value);
  const add = (text: string) => {
    const next = parseTags(text.trim());
    if (next.length === 0) return;
    if (next.some(tag => tag.vocabulary === '' || tag.vocabularyTerm === '')) {
      setIsWrong(true);
      return;
    }
    const known = new Set(tags.map(tag => formatTags([tag])));
    onChange(formatTags([...tags, ...next.filter(tag => !known.has(formatTags([tag])))]));
    setTyped('');
  };
  return (
    <div>
      {tags.length > 0 && (
        <ul className={css.tags}>
          {tags.map(tag => {
            const word = formatTags([tag]);
            return <li key={word}>{word}{!isReadOnly && <button type="button" aria-label={texts.tags.remove(word)} onClick={() => onChange(formatTags(tags.filter(one => one !== tag)))}><DismissRegular aria-hidden /></button>}</li>;
          })}
        </ul>
      )}
      {!isReadOnly && (
        <Input
          {...control} size="small" className={css.input} placeholder={texts.tags.placeholder} value={typed} aria-invalid={isWrong || undefined}
          onChange={(_, data) => { setIsWrong(false); if (data.value.endsWith(';')) add(data.value); else setTyped(data.value); }}
          onKeyDown={event => { if (event.key === 'Enter') { event.preventDefault(); add(typed); } }} onBlur={() => add(typed)}
        />
      )}
      {isWrong && <div className={css.wrong} role="alert">{texts.tags.wrong(typed)}</div>}
    </div>
  );
}
