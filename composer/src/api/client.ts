import { texts } from '../texts';

/** Where REST stands on the server that Composer came from. */
export const root = '/Thingworx';

/** A request that the server refused or could not be asked. The message is a sentence for a person. */
export class ApiError extends Error {
  /** The HTTP status; 0 when there was no answer at all. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}

/** What a request may say beside its address. */
export interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Sent as JSON; FormData and strings go as they are. */
  body?: unknown;
  signal?: AbortSignal | undefined;
  /** More headers. */
  headers?: Readonly<Record<string, string>>;
  /** Sees the answer's headers before it is read, of a refusal too. */
  onAnswer?: (answer: Response) => void;
  /** A 401 is an answer like any other; without it, it means that the session ended. */
  expectsSession?: boolean;
}

type Listener = () => void;
const ended = new Set<Listener>();

/** Calls back whenever the server no longer knows the session. */
export function onSessionEnded(listener: Listener): () => void {
  ended.add(listener);
  return () => ended.delete(listener);
}

/**
 * Asks the server; `path` is below /Thingworx, its parts encoded already (see {@link path}).
 * @returns the JSON of the answer, undefined where the answer has no body.
 * @throws ApiError with the server's own sentence.
 */
export async function request(address: string, options: RequestOptions = {}): Promise<unknown> {
  const response = await send(address, options);
  options.onAnswer?.(response);
  const text = await response.text();
  if (!response.ok) {
    if (response.status === 401 && (options.expectsSession ?? true)) ended.forEach(listener => listener());
    throw new ApiError(response.status, text.trim() || texts.errors.status(response.status));
  }
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ApiError(response.status, texts.errors.notJson(address));
  }
}

/** An address of encoded parts: `path('Things', 'a/b')` is `Things/a%2Fb`. */
export const path = (...parts: string[]): string => parts.map(encodeURIComponent).join('/');

async function send(address: string, { method = 'GET', body, signal, headers: more }: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json', ...more };
  // What changes something carries the header that another site cannot make a browser send.
  if (method !== 'GET') headers['X-XSRF-TOKEN'] = 'TWX-XSRF-TOKEN-VALUE';
  const isForm = body instanceof FormData || typeof body === 'string';
  if (body !== undefined && !isForm) headers['Content-Type'] = 'application/json';
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (body !== undefined) init.body = isForm ? body : JSON.stringify(body);
  if (signal) init.signal = signal;
  try {
    return await fetch(`${root}/${address}`, init);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, texts.errors.noAnswer);
  }
}
