import type { ServiceDefinition } from '../../../api/definitions';
import type { EntityDocument } from '../../../api/entities';
import { isObject, text } from '../../../api/infotable';
import { useSession } from '../../../app/session';
import { Server } from '../../../parts/Server';
import { isRemoteTemplate } from '../../../registry';

/** The server on which a service of a Thing runs; undefined for this one. */
export function otherServer(entity: EntityDocument, service: ServiceDefinition): string | undefined {
  const identifier = text(entity.all, 'identifier');
  const at = identifier.lastIndexOf('@');
  if (at < 0) return undefined;
  const bound = entity.all['remoteServiceBindings'];
  const isBound = Array.isArray(bound) && bound.some(one => isObject(one) && (one['service'] === service.name || one['name'] === service.name));
  return isBound || (isRemoteTemplate(text(entity.all, 'thingTemplate')) && service.isRelayed) ? identifier.slice(at + 1) : undefined;
}

/** Where a service runs. */
export function RunsOn({ entity, service }: { entity: EntityDocument; service: ServiceDefinition }) {
  const { server } = useSession();
  const other = otherServer(entity, service);
  return other === undefined ? <Server name={server.name} here /> : <Server name={other} />;
}
