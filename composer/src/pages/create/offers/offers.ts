import { useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { table, text } from '../../../api/infotable';
import { useKindList } from '../../../api/lists';
import { call, invoke } from '../../../api/services';
import { keys } from '../../../app/queries';
import { readField, type EditedField } from '../../../parts/fields/fields';
import { kindById } from '../../../registry';
import { compareShapes, type Comparison } from './compare';

/** A Thing of another server that is offered to this one. */
export interface Offer {
  readonly name: string;
  readonly server: string;
  readonly identifier: string;
  readonly template: string;
  /** Its Data Shape there; empty where it has none. */
  readonly dataShape: string;
  readonly fields: readonly EditedField[];
  /** The Thing here that stands for it. */
  readonly usedBy: string;
}

/** What publishers offer that a Thing of the template can stand for. */
export const useOffers = (template: string, isWanted = true): UseQueryResult<readonly Offer[]> => useQuery({
  queryKey: ['offers', template],
  queryFn: async ({ signal }) => (await call('Subsystems/FederationSubsystem', 'GetOfferedThings', { thingTemplate: template, maxItems: 10_000 }, signal)).rows.map((row): Offer => ({
    name: text(row, 'name'), server: text(row, 'server'), identifier: text(row, 'identifier'), template: text(row, 'thingTemplate'), dataShape: text(row, 'dataShape'),
    fields: table(row, 'fields').rows.map(readField), usedBy: text(row, 'usedBy'),
  })),
  // Servers come and go: what is offered is asked anew while a person looks at it.
  refetchInterval: 5_000, staleTime: 2_000, enabled: isWanted,
});

/** Compares the Data Shapes of offers with those of the same name here; undefined while that is not known. */
export function useComparison(offers: readonly Offer[]): (offer: Offer) => Comparison | undefined {
  const here = useKindList(kindById('DataShapes'));
  const wanted = [...new Set(offers.map(offer => offer.dataShape))].filter(name => here.data?.some(row => row.name === name));
  const shapes = useQueries({
    queries: wanted.map(name => ({
      queryKey: [...keys.entity('DataShapes', name), 'fields'],
      queryFn: async ({ signal }: { signal: AbortSignal }) => (await invoke('DataShapes', name, 'GetFieldDefinitions', {}, signal)).rows.map(readField),
    })),
  });
  return offer => {
    if (offer.dataShape === '') return { state: 'none', differences: [] };
    if (!here.isSuccess) return undefined;
    const at = wanted.indexOf(offer.dataShape);
    if (at < 0) return { state: 'absent', differences: [] };
    const fields = shapes[at]?.data;
    return fields && compareShapes(fields, offer.fields);
  };
}
