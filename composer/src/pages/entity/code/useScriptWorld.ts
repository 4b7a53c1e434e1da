import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Row } from '../../../api/infotable';
import { kindList } from '../../../api/lists';
import { readMembers, type Members } from '../../../api/members';
import { invokeJson } from '../../../api/services';
import { keys } from '../../../app/queries';
import { useSettled } from '../../../parts/useSettled';
import { kindById, type Kind } from '../../../registry';
import { declarationsOf, mentionsOf, scriptCollections, type ScriptWorld } from './declarations';

const kinds = scriptCollections.flatMap(collection => kindById(collection) ?? []);

/** The declarations for a script: what its entity has, the entities there are, and the members of those that it names. */
export function useDeclarations(me: Members, code: string, parameters: ScriptWorld['parameters'], result: string): string {
  const names = useNames(kinds);
  const settled = useSettled(code, 300);
  // Only of what is there: a name that is half typed is not asked for.
  const mentions = useMemo(() => mentionsOf(settled).filter(one => names[one.collection]?.includes(one.name)), [settled, names]);
  const known = useQueries({
    queries: mentions.map(({ collection, name }) => ({
      queryKey: [...keys.entity(collection, name), 'metadata'],
      queryFn: async ({ signal }: { signal: AbortSignal }) => readMembers(await invokeJson(collection, name, 'GetMetadataAsJSON', {}, signal) as Row),
    })),
    combine: results => Object.fromEntries(results.flatMap((one, index) => { const mention = mentions[index]; return one.data && mention ? [[`${mention.collection}/${mention.name}`, one.data]] : []; })) as Record<string, Members>,
  });
  return useMemo(() => declarationsOf({ me, parameters, result, names, known }), [me, parameters, result, names, known]);
}

function useNames(all: readonly Kind[]): ScriptWorld['names'] {
  return useQueries({ queries: all.map(kind => kindList(kind)), combine: namesOf });
}

const namesOf = (results: readonly { data?: readonly { name: string }[] | undefined }[]): ScriptWorld['names'] =>
  Object.fromEntries(results.map((one, index) => [kinds[index]?.collection ?? '', (one.data ?? []).map(row => row.name)]));
