import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { toTable, type ConfigurationTable } from '../../../../api/configuration';
import { number, text, type Row } from '../../../../api/infotable';
import { invoke } from '../../../../api/services';
import { useSettled } from '../../../../parts/useSettled';

/** How a step of the way to a subscriber went. */
export type StepResult = 'passed' | 'warned' | 'failed' | 'skipped';

/** A step of the way to a subscriber. */
export interface Step { readonly step: string; readonly result: StepResult; readonly duration: number; readonly text: string }

/** Goes the way to a subscriber once; with its key to the end, without it as far as who answers. @throws ApiError with the reason why it cannot be tested. */
export async function testSubscriber(table: ConfigurationTable, row: Row, signal?: AbortSignal): Promise<Step[]> {
  const found = await invoke('Subsystems', 'FederationSubsystem', 'TestSubscriber', { subscriber: toTable(table.fields, [row]) }, signal);
  return found.rows.map(one => ({ step: text(one, 'step'), result: text(one, 'result') as StepResult, duration: number(one, 'duration') ?? 0, text: text(one, 'text') }));
}

const settleTime = 400;

/** Looks who answers at the address, once typing has stopped. Of the key and the name it knows nothing. */
export function useAddressCheck(table: ConfigurationTable, row: Row, isWanted: boolean): UseQueryResult<Step[]> {
  const { serverURI, trustedCertificate, proxyHost, proxyPort, proxyUserName } = row;
  const address = useSettled(JSON.stringify({ serverURI, trustedCertificate, proxyHost, proxyPort, proxyUserName }), settleTime);
  return useQuery({
    queryKey: ['subscriberTest', address],
    queryFn: ({ signal }) => testSubscriber(table, { ...(JSON.parse(address) as Row), name: 'unnamed', enabled: false, publishAsUser: '' }, signal),
    enabled: isWanted, staleTime: 10_000, retry: false, placeholderData: previous => previous,
  });
}

const uri = /^wss?:\/\/[^\s/@]+(:\d+)?\/Thingworx\/WS$/;

/** Whether a text is a Server URI. */
export const isServerUri = (text: string): boolean => uri.test(text);

/** The Server URI that a text that is none was meant to be; undefined where it cannot be told. */
export function meantUri(text: string): string | undefined {
  const found = /^(?:(wss?|https?):\/\/)?([^\s/@]+)(?:\/.*)?$/i.exec(text.trim());
  if (!found || isServerUri(text) || !/[.:]|localhost/.test(found[2] ?? '')) return undefined;
  const scheme = { ws: 'ws', http: 'ws' }[(found[1] ?? '').toLowerCase()] ?? 'wss';
  return `${scheme}://${found[2] ?? ''}/Thingworx/WS`;
}
