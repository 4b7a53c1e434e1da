import { LockClosedRegular } from '@fluentui/react-icons/svg/lock-closed';
import { DocumentDismissRegular } from '@fluentui/react-icons/svg/document-dismiss';
import { Suspense, useEffect } from 'react';
import { Navigate, useNavigate, useParams } from 'react-router';
import { ApiError } from '../../api/client';
import { useEntity } from '../../api/lists';
import { text } from '../../api/infotable';
import { lineageOf, useTemplateBases } from '../../api/templates';
import { entityKey } from '../../app/entityDraft';
import { useSession } from '../../app/session';
import { useDocuments } from '../../frame/documents';
import { EmptyState } from '../../parts/EmptyState';
import { ErrorBar } from '../../parts/ErrorBar';
import { PageHead } from '../../parts/PageHead';
import { RowSkeletons } from '../../parts/Skeletons';
import { entityTabs, kindById, kindOfThing, kindTexts, kinds, type Kind } from '../../registry';
import type { EntityDocument } from '../../api/entities';
import { texts } from '../../texts';
import { MissingPage } from '../missing/MissingPage';
import { EntityEditor } from './EntityEditor';

/** The page of one entity of any kind. */
export default function EntityPage() {
  const { collection = '', name = '' } = useParams();
  const kind = kindById(collection);
  return kind && !kind.templates ? <Loaded key={entityKey(collection, name)} collection={kind} name={name} /> : <MissingPage />;
}

function Loaded({ collection, name }: { collection: Kind; name: string }) {
  const { tab } = useParams();
  const navigate = useNavigate();
  const { server } = useSession();
  const query = useEntity(collection.id, name);
  const kind = useNarrowKind(collection, query.data);
  const setKind = useDocuments(state => state.setKind);
  useEffect(() => setKind(entityKey(collection.id, name), kind.id), [setKind, collection.id, name, kind.id]);

  if (query.isPending) return <><PageHead icon={collection.icon} title={name} /><RowSkeletons rows={6} /></>;
  if (query.data === undefined) {
    const status = query.error instanceof ApiError ? query.error.status : 0;
    const words = kindTexts(collection);
    const toList = { label: texts.entity.toList(words.many), run: () => void navigate(`/browse/${collection.id}`) };
    return (
      <>
        <PageHead icon={kind.icon} title={name} />
        {status === 404 && <EmptyState icon={DocumentDismissRegular} title={texts.entity.absent(words.one, name, server.name)} hint={texts.entity.absentHint} action={toList} />}
        {status === 403 && <EmptyState icon={LockClosedRegular} title={texts.entity.mayNotRead(words.one)} hint={query.error?.message ?? ''} action={toList} />}
        {status !== 404 && status !== 403 && <ErrorBar error={query.error} action={{ label: texts.actions.tryAgain, run: () => void query.refetch() }} />}
      </>
    );
  }
  const entity = query.data;
  const tabs = entityTabs.filter(one => one.appliesTo(kind, entity));
  const shown = tabs.find(one => one.id === tab);
  if (!shown) return tab === undefined ? <Navigate to={`${entityKey(collection.id, name)}/${tabs[0]?.id ?? 'general'}`} replace /> : <MissingPage />;
  return <Suspense><EntityEditor kind={kind} entity={entity} tabs={tabs} tab={shown} isGone={query.error instanceof ApiError && query.error.status === 404} /></Suspense>;
}

/** The narrowest kind: a Thing made of a stream template is a stream. */
function useNarrowKind(collection: Kind, entity: EntityDocument | undefined): Kind {
  const template = collection.id === 'Things' ? text(entity?.all, 'thingTemplate') : '';
  const direct = kinds.find(kind => kind.templates?.includes(template));
  const bases = useTemplateBases(template !== '' && !direct);
  return template === '' ? collection : direct ?? kindOfThing(lineageOf(template, bases.data));
}
