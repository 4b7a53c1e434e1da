import { create } from 'zustand';

interface Secrets { readonly byField: Readonly<Record<string, string>> }

/** What stands in a draft for a secret that was typed: the draft is written to the browser's storage, the secret never is. */
export const typedSecret = '\u2022typed\u2022';

/** What stands in an answer of the server for a secret that is set; saved back, it keeps what is stored. */
export const storedSecret = '********';

const useSecrets = create<Secrets>()(() => ({ byField: {} }));

const nameOf = (document: string, field: string) => `${document}\n${field}`;

/** Keeps a secret in memory until the document is saved, cancelled or loaded anew. */
export const keepSecret = (document: string, field: string, secret: string): void =>
  useSecrets.setState(({ byField }) => ({ byField: { ...byField, [nameOf(document, field)]: secret } }));

/** A secret that was typed; undefined where none was, or the page has been loaded anew since. */
export const secretOf = (document: string, field: string): string | undefined => useSecrets.getState().byField[nameOf(document, field)];

/** Forgets the secrets of a document. */
export const forgetSecrets = (document: string): void =>
  useSecrets.setState(({ byField }) => ({ byField: Object.fromEntries(Object.entries(byField).filter(([name]) => !name.startsWith(`${document}\n`))) }));
