import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { readServices } from '../../../api/definitions';
import { entityKey } from '../../../app/entityDraft';
import { keys } from '../../../app/queries';
import { ErrorBar } from '../../../parts/ErrorBar';
import { RowSkeletons } from '../../../parts/Skeletons';
import type { EntityTabProps } from '../../../registry';
import { texts } from '../../../texts';
import { AddService, useServiceDrafts } from '../code/AddService';
import { ServiceEditor } from '../code/ServiceEditor';
import { ServiceList } from './ServiceList';

const RunDialog = lazy(() => import('./run/RunDialog'));

export { draft } from '../code/serviceDraft';

/** What an entity can do; `services/<name>/run` in the address opens the dialog that runs a service, `edit` its script. */
export default function ServicesTab({ kind, entity }: EntityTabProps) {
  const navigate = useNavigate();
  const [address] = useSearchParams();
  const [name = '', action] = (useParams()['*'] ?? '').split('/').map(decodeURIComponent);
  const services = useQuery({
    queryKey: [...keys.entity(entity.kind, entity.name), 'services'],
    queryFn: ({ signal }) => readServices(entity.kind, entity.name, signal),
  });
  const { drafted, canEdit, edit } = useServiceDrafts(entity);
  if (services.isPending) return <RowSkeletons rows={12} />;
  if (services.error) return <ErrorBar error={services.error} action={{ label: texts.actions.tryAgain, run: () => void services.refetch() }} />;

  const base = `${entityKey(entity.kind, entity.name)}/services`;
  const filter = new URLSearchParams(address);
  filter.delete('in');
  const search = filter.size === 0 ? '' : `?${filter.toString()}`;
  const running = action === 'run' ? services.data.find(service => service.name === name) : undefined;
  if (action === 'edit') return <ServiceEditor entity={entity} name={name} />;
  return (
    <>
      {name !== '' && !running && <ErrorBar error={texts.services.absent(name, entity.name)} />}
      <ServiceList kind={kind} entity={entity} services={[...drafted, ...services.data]} current={running?.name} onRun={service => void navigate(`${base}/${encodeURIComponent(service.name)}/run${search}`)} editOf={canEdit} onEdit={edit}>
        <AddService entity={entity} services={services.data} />
      </ServiceList>
      {running && <Suspense><RunDialog key={running.name} entity={entity} service={running} onClose={() => void navigate(base + search)} /></Suspense>}
    </>
  );
}
