import { ApiError, request } from './client';
import { isObject } from './infotable';

/** The server that Composer came from. */
export interface ServerInfo {
  readonly name: string;
  readonly description: string;
  readonly version: string;
  /** The server's clock when it answered, milliseconds since 1970. */
  readonly time: number;
  /** IANA name, such as Europe/Berlin. */
  readonly timeZone: string;
}

/** Who is signed in. */
export interface Session {
  readonly user: string;
  readonly description: string;
  readonly groups: readonly string[];
  readonly isAdministrator: boolean;
  readonly server: ServerInfo;
  /** When the session ends without use, milliseconds since 1970. */
  readonly expires: number;
}

/** The present session. @throws ApiError 401 when nobody is signed in. */
export const readSession = async (signal?: AbortSignal): Promise<Session> => {
  const answer = await request('Session', { signal, expectsSession: false });
  if (isObject(answer) && answer['user'] === null) throw new ApiError(401, 'Nobody is signed in.');
  return toSession(answer);
};

/** Signs in; the browser keeps the cookie. @throws ApiError 401 with the reason. */
export const signIn = async (userName: string, password: string): Promise<Session> =>
  toSession(await request('Session', { method: 'POST', body: { userName, password }, expectsSession: false }));

/** Ends the session on the server. */
export const signOut = async (): Promise<void> => void (await request('Session', { method: 'DELETE', expectsSession: false }));

function toSession(answer: unknown): Session {
  if (!isObject(answer) || typeof answer['user'] !== 'string' || !isObject(answer['server'])) throw new TypeError('The answer is no session.');
  return answer as unknown as Session;
}
