import type { EntityDocument } from '../../api/entities';
import { flag, text } from '../../api/infotable';
import { LinkState } from '../../parts/links/LinkState';
import { useBoundThings } from '../../parts/links/useLinks';
import { Mono } from '../../parts/Mono';
import { Server } from '../../parts/Server';
import { isRemoteTemplate, kindTexts, type Kind } from '../../registry';
import { texts } from '../../texts';

/** Beside the name: what it is, where its data live, whether it runs. */
export function EntityMarks({ kind, entity }: { kind: Kind; entity: EntityDocument }) {
  const template = text(entity.all, 'thingTemplate');
  const identifier = text(entity.all, 'identifier');
  const server = isRemoteTemplate(template) && identifier.includes('@') ? identifier.slice(identifier.lastIndexOf('@') + 1) : '';
  const isStopped = entity.kind === 'Things' && !flag(entity.all, 'enabled');
  return (
    <>
      <span>{template || kindTexts(kind).one}</span>
      {server !== '' && <><span>·</span><span>{texts.entity.dataLiveOn}</span><Server name={server} /><span>·</span><span className="ellipsis" title={identifier}><Mono>{identifier}</Mono></span><BoundState thing={entity.name} /></>}
      {isStopped && <><span>·</span><span>{texts.entity.notRunning}</span></>}
      {entity.isSystemObject && <><span>·</span><span>{texts.entity.ofPlatform}</span></>}
    </>
  );
}

/** How a remote Thing stands: the reason is said where it is not well. */
function BoundState({ thing }: { thing: string }) {
  const found = useBoundThings({ thing })?.[0];
  if (!found?.state) return null;
  return <><LinkState of={{ ...found, state: found.state }} />{found.reason !== '' && <span className="ellipsis" title={found.reason} data-live>{found.reason}</span>}</>;
}
