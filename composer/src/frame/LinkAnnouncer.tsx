import { useEffect, useRef, useState } from 'react';
import { useSession } from '../app/session';
import { changesBetween, endsOf, type Link } from '../parts/links/links';
import { useLinks, useLinkWatch } from '../parts/links/useLinks';
import { texts } from '../texts';

/** Changes within so many milliseconds are told as one. */
const gathering = 5_000;

/** Watches the links for all pages, and tells their changes to those who do not see them: DOWN at once, the others gathered. */
export function LinkAnnouncer() {
  useLinkWatch();
  const { server } = useSession();
  const [news, setNews] = useState('');
  const [alarm, setAlarm] = useState('');
  const gathered = useRef(new Map<string, Link>());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const sentence = (link: Link) => {
      const { publisher, subscriber } = endsOf(link, server.name);
      return texts.federation.announce(publisher, subscriber, link.state, link.reason);
    };
    const stop = useLinks.subscribe(({ links }, before) => {
      if (!links || !before.links) return;
      const changed = changesBetween(before.links, links);
      const down = changed.filter(link => link.state === 'down');
      if (down.length > 0) setAlarm(down.map(sentence).join(' '));
      for (const link of changed) if (link.state === 'down') gathered.current.delete(link.key); else gathered.current.set(link.key, link);
      if (gathered.current.size === 0) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        setNews([...gathered.current.values()].map(sentence).join(' '));
        gathered.current.clear();
      }, gathering);
    });
    return () => { stop(); clearTimeout(timer); };
  }, [server.name]);
  return (
    <>
      <div className="hidden" aria-live="polite" data-announce="polite">{news}</div>
      <div className="hidden" role="alert" data-announce="assertive">{alarm}</div>
    </>
  );
}
