import { path, request } from './client';
import { readTable, type InfoTable, type Json } from './infotable';
import type { Services } from './schema';

/** Arguments of a service, by the names of its parameters. What is undefined is not sent. */
export type Arguments = Readonly<Record<string, Json | undefined>>;

type Names<Address extends keyof Services> = keyof Services[Address] & string;

/** A service of a resource or subsystem; its name and parameters are checked against the server's OpenAPI document when Composer is built. */
export function call<Address extends keyof Services & string, Service extends Names<Address>>(
  address: Address, service: Service, args: Services[Address][Service], signal?: AbortSignal,
): Promise<InfoTable> {
  const [kind = '', name = ''] = address.split('/');
  return invoke(kind, name, service, args as Arguments, signal);
}

/**
 * Runs a service of any entity.
 * @param kind the collection as REST writes it, such as Things.
 * @returns its table; one value is a row with the field `result`, nothing is a table without rows.
 * @throws ApiError with the server's sentence.
 */
export async function invoke(kind: string, name: string, service: string, args: Arguments = {}, signal?: AbortSignal): Promise<InfoTable> {
  return readTable(await invokeJson(kind, name, service, args, signal));
}

/** Runs a service whose result is JSON. */
export const invokeJson = (kind: string, name: string, service: string, args: Arguments = {}, signal?: AbortSignal): Promise<unknown> =>
  request(path(kind, name, 'Services', service), { method: 'POST', body: args, signal });
