import { Button } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { useCallback, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import type { ServiceDefinition } from '../../../api/definitions';
import { readEntity, type EntityDocument } from '../../../api/entities';
import { text } from '../../../api/infotable';
import { rowsAt } from '../../../api/members';
import { entityKey, useEntityDraft } from '../../../app/entityDraft';
import { useShortcut } from '../../../frame/shortcuts';
import { kindOfType } from '../../../registry';
import { texts } from '../../../texts';
import { fieldForm, fieldOfForm } from '../members/fieldForm';
import { fieldOf, membersIn } from '../members/memberDraft';
import { NameDialog } from '../members/NameDialog';
import { newService, readServices, serviceGroup } from './serviceDraft';

/** What the editor can do with a service: its own script, or one in place of an inherited one. */
export type EditWay = 'edit' | 'override';

const haveScripts = ['Things', 'ThingTemplates', 'ThingShapes'];

/** A new service: asks for its name and opens the editor. */
export function AddService({ entity, services }: { entity: EntityDocument; services: readonly ServiceDefinition[] }) {
  const draft = useEntityDraft();
  const navigate = useNavigate();
  const [isAsking, setIsAsking] = useState(false);
  const canAdd = haveScripts.includes(entity.kind);
  useShortcut({ keys: 'N', does: texts.code.addService, isOff: !canAdd || draft.readOnly !== undefined }, () => setIsAsking(true));
  if (!canAdd) return null;
  const own = membersIn(draft, serviceGroup);
  const make = (name: string) => {
    draft.set(fieldOf(serviceGroup, name), newService);
    void navigate(`${entityKey(entity.kind, entity.name)}/services/${encodeURIComponent(name)}/edit`);
  };
  return (
    <>
      <Button appearance="primary" icon={<AddRegular />} disabled={draft.readOnly !== undefined} title={draft.readOnly} onClick={() => setIsAsking(true)}>{texts.code.addService}</Button>
      {isAsking && <NameDialog title={texts.code.addService} isTaken={name => own.some(one => one.name === name) || services.some(one => one.name === name && !one.isOverridable)} onName={make} onClose={() => setIsAsking(false)} />}
    </>
  );
}

/** What of the services is edited or could be. */
export function useServiceDrafts(entity: EntityDocument) {
  const draft = useEntityDraft();
  const navigate = useNavigate();
  const members = membersIn(draft, serviceGroup);
  const own = members.map(one => one.name).join('\n');
  const { readOnly, set } = draft;
  const remote = useMemo(() => new Set(rowsAt(entity.all, 'remoteServiceBindings').map(row => text(row, 'service'))), [entity]);
  const drafted: ServiceDefinition[] = members.filter(one => one.state === 'new').map(({ name, value }) => ({
    name, description: value.description, category: value.category, source: { type: entity.type, name: entity.name }, isOverridable: value.isAllowOverride, isRelayed: false, isAsync: value.isAsync,
    parameters: value.parameters.map(fieldOfForm), result: fieldOfForm(value.result),
  }));
  const canEdit = useCallback((service: ServiceDefinition): EditWay | undefined => {
    if (!haveScripts.includes(entity.kind) || remote.has(service.name)) return undefined;
    if (own.split('\n').includes(service.name)) return 'edit';
    return service.isOverridable && readOnly === undefined ? 'override' : undefined;
  }, [entity.kind, remote, own, readOnly]);
  const edit = useCallback(async (service: ServiceDefinition) => {
    if (canEdit(service) === 'override') {
      // An override begins as what it takes the place of, where that may be read.
      const kind = kindOfType(service.source.type);
      const inherited = kind && await readEntity(kind.collection, service.source.name).then(source => readServices(source.all)[service.name], () => undefined);
      set(fieldOf(serviceGroup, service.name), inherited ?? { ...newService, description: service.description, category: service.category, parameters: service.parameters.map(fieldForm), result: fieldForm(service.result) });
    }
    void navigate(`${entityKey(entity.kind, entity.name)}/services/${encodeURIComponent(service.name)}/edit`);
  }, [canEdit, entity, navigate, set]);
  return { drafted: drafted.filter(one => !rowsAt(entity.all, 'services').some(row => text(row, 'name') === one.name)), canEdit, edit: useCallback((service: ServiceDefinition) => void edit(service), [edit]) };
}
