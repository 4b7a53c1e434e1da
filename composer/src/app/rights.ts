import { useMemo } from 'react';
import type { EntityDocument } from '../api/entities';
import { text } from '../api/infotable';
import { objectAt } from '../api/members';
import { texts } from '../texts';
import { useSession } from './session';

/** Says why the caller may not run a service of an entity, or set a property; undefined where that is allowed. */
export interface Refusals {
  readonly service: (name: string) => string | undefined;
  readonly property: (name: string) => string | undefined;
}

/** What the server would refuse to the caller, by the entity's document: what may not be done is disabled with this reason. It follows rights that change while the page is open. */
export function useRefusals(entity: EntityDocument): Refusals {
  const { server } = useSession();
  return useMemo(() => {
    const refused = objectAt(entity.all, 'refused');
    const services = objectAt(refused, 'services');
    const properties = refused['properties'];
    const missing = (right: string) => texts.rights.missing(right, entity.name, server.name);
    return {
      service: name => {
        const right = text(services, name);
        return right === '' ? undefined : missing(right === 'ServiceInvoke' ? `${right} on ${name}` : right);
      },
      property: name => (Array.isArray(properties) && properties.includes(name) ? missing(`PropertyWrite on ${name}`) : undefined),
    };
  }, [entity, server.name]);
}
