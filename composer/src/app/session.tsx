import { useQuery } from '@tanstack/react-query';
import { createContext, lazy, Suspense, use, useEffect, useState, type PropsWithChildren } from 'react';
import { ApiError, onSessionEnded } from '../api/client';
import { live } from '../api/live';
import { readSession, type Session } from '../api/session';
import { texts } from '../texts';
import { EmptyState } from '../parts/EmptyState';
import { keys, queries } from './queries';
import { forgetUser } from './signOut';

const Login = lazy(() => import('../pages/login/Login'));
const SessionContext = createContext<Session | undefined>(undefined);

/** Who is signed in; below SessionGate there is always somebody. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('Nobody is signed in here.');
  return session;
}

/**
 * Shows the login page until somebody is signed in. When the session ends later, the login stands over the page, which keeps
 * what it showed and goes on where it was.
 */
export function SessionGate({ children }: PropsWithChildren) {
  const query = useQuery({ queryKey: keys.session, queryFn: ({ signal }) => readSession(signal), staleTime: Infinity, refetchOnWindowFocus: false });
  const [hasEnded, setHasEnded] = useState(false);
  useEffect(() => onSessionEnded(() => setHasEnded(true)), []);
  // A server that came back without the session closes the socket at once; only REST says why.
  useEffect(() => live.onRefused(() => {
    readSession().catch((error: unknown) => setHasEnded(error instanceof ApiError && error.status === 401));
  }), []);

  const session = query.data;
  const isIn = session !== undefined;
  const serverTime = session?.server.time;
  useEffect(() => {
    if (serverTime !== undefined) live.setServerTime(serverTime);
  }, [serverTime]);
  useEffect(() => {
    if (!isIn || hasEnded) return undefined;
    const off = live.onReset(() => void queries.invalidateQueries());
    live.start();
    return () => {
      off();
      live.stop();
    };
  }, [isIn, hasEnded]);

  const enter = (next: Session) => {
    const isSomebodyElse = session !== undefined && session.user !== next.user;
    queries.setQueryData(keys.session, next);
    setHasEnded(false);
    // Another user sees other things: what was fetched and edited before does not count.
    if (isSomebodyElse) {
      forgetUser();
      location.reload();
    }
    else void queries.invalidateQueries({ predicate: one => one.queryKey[0] !== keys.session[0] });
  };

  if (session) {
    return (
      <SessionContext value={session}>
        {children}
        {hasEnded && <Suspense><Login user={session.user} onIn={enter} isOverlay /></Suspense>}
      </SessionContext>
    );
  }
  if (query.isPending) return null;
  if (query.error instanceof ApiError && query.error.status === 401) return <Suspense><Login onIn={enter} /></Suspense>;
  return <EmptyState title={texts.login.unreachable} hint={query.error?.message ?? ''} action={{ label: texts.actions.tryAgain, run: () => void query.refetch() }} isPage />;
}
