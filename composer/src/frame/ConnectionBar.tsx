import { MessageBar, MessageBarBody } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { useConnection } from '../api/live';
import { formatAge } from '../parts/format';
import { texts } from '../texts';

/** A break of so many milliseconds says nothing. */
const grace = 3_000;

/** Says that the page has lost its server, and since when. Forms stay usable. */
export function ConnectionBar() {
  const { state, since } = useConnection();
  const [now, setNow] = useState(since);
  useEffect(() => {
    document.documentElement.toggleAttribute('data-cut-off', state === 'lost' || state === 'off');
    if (state !== 'lost') return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [state]);
  if (state !== 'lost' || now - since < grace) return null;
  return <MessageBar intent="warning" style={{ flex: 'none', borderRadius: 0 }}><MessageBarBody>{texts.frame.cutOff(formatAge(now - since))}</MessageBarBody></MessageBar>;
}
