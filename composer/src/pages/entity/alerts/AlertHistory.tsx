import { useQuery } from '@tanstack/react-query';
import { invoke } from '../../../api/services';
import { keys } from '../../../app/queries';
import { ErrorBar } from '../../../parts/ErrorBar';
import { RowSkeletons } from '../../../parts/Skeletons';
import { TableView } from '../../../parts/TableView';
import { texts } from '../../../texts';

const mostLines = 1_000;

/** What happened to a Thing's alerts: fired, reset, acknowledged. */
export function AlertHistory({ thing }: { thing: string }) {
  const history = useQuery({ queryKey: [...keys.entity('Things', thing), 'alertHistory'], queryFn: ({ signal }) => invoke('Things', thing, 'QueryAlertHistory', { maxItems: mostLines }, signal), refetchInterval: 5_000 });
  if (history.isPending) return <RowSkeletons />;
  if (history.error) return <ErrorBar error={history.error} action={{ label: texts.actions.tryAgain, run: () => void history.refetch() }} />;
  return <TableView id="alert-history" label={texts.alerts.history} table={history.data} />;
}
