import { Button, Input } from '@fluentui/react-components';
import { useRef, useState, type FormEvent } from 'react';
import { ApiError } from '../../api/client';
import { signIn, type Session } from '../../api/session';
import { FormField } from '../../parts/FormField';
import { sentenceOf } from '../../parts/ErrorBar';
import { texts } from '../../texts';
import css from './Login.module.css';

interface Properties {
  /** Who was signed in until now. */
  user?: string;
  onIn: (session: Session) => void;
  /** It stands over the page that it interrupts. */
  isOverlay?: boolean;
}

/** Asks for user name and password. */
export default function Login({ user = '', onIn, isOverlay = false }: Properties) {
  const [userName, setUserName] = useState(user);
  const [password, setPassword] = useState('');
  const [error, setError] = useState<ApiError | undefined>();
  const [isBusy, setIsBusy] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  const enter = async (event: FormEvent) => {
    event.preventDefault();
    setIsBusy(true);
    setError(undefined);
    try {
      onIn(await signIn(userName.trim(), password));
    } catch (failure) {
      setError(failure instanceof ApiError ? failure : new ApiError(0, sentenceOf(failure)));
      setIsBusy(false);
      setPassword('');
      field.current?.focus();
    }
  };

  return (
    <div className={css.page} data-overlay={isOverlay || undefined} role={isOverlay ? 'dialog' : 'main'} aria-modal={isOverlay || undefined} aria-label={texts.login.title}>
      <form className={css.card} onSubmit={event => void enter(event)}>
        <div className={css.brand}>
          <svg width="40" height="40" viewBox="0 0 22 22" aria-hidden><rect width="22" height="22" rx="4" fill="#0C1C24" /><path d="M5 5v12M17 5v12M5 11h12" stroke="#fff" strokeWidth="2" fill="none" /><circle cx="11" cy="11" r="2.8" fill="#0C1C24" stroke="#7BC0D9" strokeWidth="1.8" /></svg>
          <div><h1>{isOverlay ? texts.login.ended : texts.login.title}</h1><div className="hint">{isOverlay ? texts.login.endedHint : location.host}</div></div>
        </div>
        <FormField label={texts.login.user} isRequired><Input size="medium" autoFocus={user === ''} autoComplete="username" value={userName} onChange={(_, data) => setUserName(data.value)} /></FormField>
        <FormField label={texts.login.password} isRequired error={error?.message}>
          <Input ref={field} size="medium" type="password" autoFocus={user !== ''} autoComplete="current-password" value={password} onChange={(_, data) => setPassword(data.value)} />
        </FormField>
        <Button type="submit" appearance="primary" disabled={isBusy || userName.trim() === '' || password === ''}>{texts.login.enter}</Button>
      </form>
    </div>
  );
}
