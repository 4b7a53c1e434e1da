import { useQuery } from '@tanstack/react-query';
import { flag, isObject, number, text, type Row } from '../../../api/infotable';
import { invokeJson } from '../../../api/services';
import { useSettled } from '../../../parts/useSettled';
import { lineFaultOf, type LineFault } from './failure';

/** What the server says of a script that is being typed: the line that it would refuse, once typing rests. */
export function useScriptCheck(code: string, isWanted: boolean): LineFault | undefined {
  const script = useSettled(code, 500);
  const checked = useQuery({
    queryKey: ['script', script],
    queryFn: async ({ signal }) => {
      const answer = await invokeJson('Resources', 'ScriptServices', 'CheckScript', { script }, signal);
      return (isObject(answer) ? answer : {}) as Row;
    },
    enabled: isWanted && script.trim() !== '' && script === code, staleTime: Infinity, gcTime: 60_000, retry: false,
  });
  if (script !== code || !checked.data || flag(checked.data, 'isValid')) return undefined;
  return lineFaultOf(text(checked.data, 'message'), 'script') ?? { line: number(checked.data, 'line') ?? 1, sentence: text(checked.data, 'message') };
}
