import { DataTrendingRegular } from '@fluentui/react-icons/svg/data-trending';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { dependentsOf, type Dependent, type EntityDocument } from '../../../api/entities';
import { entityKey } from '../../../app/entityDraft';
import { keys } from '../../../app/queries';
import { EmptyState } from '../../../parts/EmptyState';
import { ErrorBar } from '../../../parts/ErrorBar';
import { DataGrid, type GridColumn } from '../../../parts/grid';
import { RowSkeletons } from '../../../parts/Skeletons';
import { texts } from '../../../texts';

const columns: GridColumn<Dependent>[] = [{ id: 'name', title: texts.data.logsHere, value: one => one.name, width: 240, grow: 1 }];

/** The Things that log through a value stream; their own data pages show what. */
export function Loggers({ entity }: { entity: EntityDocument }) {
  const navigate = useNavigate();
  const found = useQuery({ queryKey: [...keys.entity(entity.kind, entity.name), 'loggers'], queryFn: ({ signal }) => dependentsOf(entity.kind, entity.name, signal) });
  if (found.isPending) return <RowSkeletons />;
  if (found.error) return <ErrorBar error={found.error} action={{ label: texts.actions.tryAgain, run: () => void found.refetch() }} />;
  return (
    <>
      <p className="hint" style={{ padding: '0 20px' }}>{texts.data.logsHereHint}</p>
      <DataGrid
        id="loggers" label={texts.data.logsHere} rows={found.data.filter(one => one.type === 'Thing')} columns={columns} keyOf={one => one.name} onOpen={one => void navigate(`${entityKey('Things', one.name)}/data`)}
        empty={<EmptyState icon={DataTrendingRegular} title={texts.data.noLoggers} hint={texts.data.noLoggersHint} />}
      />
    </>
  );
}
