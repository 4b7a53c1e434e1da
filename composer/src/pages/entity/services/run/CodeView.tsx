import { Button } from '@fluentui/react-components';
import { CopyRegular } from '@fluentui/react-icons/svg/copy';
import { useState } from 'react';
import { Segments } from '../../../../parts/Segments';
import { texts } from '../../../../texts';
import { toCode, type Call, type Language } from './code';
import css from './RunDialog.module.css';

/** The call as code, to be taken elsewhere. */
export function CodeView({ call }: { call: Call }) {
  const [language, setLanguage] = useState<Language>('script');
  const [isCopied, setIsCopied] = useState(false);
  const code = toCode(language, call);
  const choose = (next: Language) => {
    setLanguage(next);
    setIsCopied(false);
  };
  return (
    <section className={css.code} aria-label={texts.run.code}>
      <div className="row">
        <Segments label={texts.run.code} value={language} onChange={choose} choices={[{ value: 'script', label: texts.run.script }, { value: 'curl', label: texts.run.curl }, { value: 'csharp', label: texts.run.csharp }]} />
        <div className="grow" />
        <Button size="small" icon={<CopyRegular />} onClick={() => void navigator.clipboard.writeText(code).then(() => setIsCopied(true))}>{isCopied ? texts.run.copied : texts.run.copy}</Button>
      </div>
      <pre tabIndex={0} aria-label={texts.run.code}>{code}</pre>
      {call.service.parameters.some(field => field.baseType === 'PASSWORD') && <div className="hint">{texts.run.secretLeftOut}</div>}
    </section>
  );
}
