import { Dropdown, Option } from '@fluentui/react-components';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { resultOf } from '../../../api/infotable';
import { invoke } from '../../../api/services';
import { keys } from '../../../app/queries';
import { tell } from '../../../frame/status';
import { ErrorBar } from '../../../parts/ErrorBar';
import { FormField } from '../../../parts/FormField';
import { SidePanel } from '../../../parts/SidePanel';
import { texts } from '../../../texts';
import { levels } from './logs';

const words = texts.monitoring.logs;
const choices = [...levels, 'OFF'];

/** From which level on lines of each log are kept; a choice counts at once. */
export function LevelsPanel({ logs, onClose }: { logs: readonly string[]; onClose: () => void }) {
  return (
    <SidePanel title={words.levels} label={words.levels} onClose={onClose}>
      <span className="hint">{words.levelsHint}</span>
      {logs.map(log => <LevelField key={log} log={log} />)}
    </SidePanel>
  );
}

function LevelField({ log }: { log: string }) {
  const client = useQueryClient();
  const queryKey = [...keys.entity('Logs', log), 'level'];
  const level = useQuery({ queryKey, queryFn: async ({ signal }) => String(resultOf(await invoke('Logs', log, 'GetLogLevel', {}, signal)) ?? '') });
  const set = useMutation({
    mutationFn: (next: string) => invoke('Logs', log, 'SetLogLevel', { level: next }),
    onSuccess: (_, next) => {
      client.setQueryData(queryKey, next);
      tell(words.levelSet(log, next));
    },
  });
  return (
    <>
      <FormField label={log}>
        <Dropdown size="small" disabled={level.data === undefined || set.isPending} value={level.data ?? ''} selectedOptions={[level.data ?? '']} onOptionSelect={(_, { optionValue }) => { if (optionValue && optionValue !== level.data) set.mutate(optionValue); }}>
          {choices.map(one => <Option key={one} value={one}>{one}</Option>)}
        </Dropdown>
      </FormField>
      <ErrorBar error={level.error ?? set.error} isBare />
    </>
  );
}
