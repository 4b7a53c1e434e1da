import { Button, Input, Select, Tab, TabList } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { DismissRegular } from '@fluentui/react-icons/svg/dismiss';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import type { EntityDocument } from '../../../api/entities';
import { text, type Row } from '../../../api/infotable';
import { membersOf, readMembers, type Members } from '../../../api/members';
import { invokeJson } from '../../../api/services';
import { entityKey, useEntityDraft } from '../../../app/entityDraft';
import { keys } from '../../../app/queries';
import { ErrorBar, sentenceOf } from '../../../parts/ErrorBar';
import { Mono } from '../../../parts/Mono';
import { NumberInput } from '../../../parts/NumberInput';
import { SidePanel } from '../../../parts/SidePanel';
import { texts } from '../../../texts';
import { fieldForm } from '../members/fieldForm';
import { fieldOf, membersIn, type DraftMember } from '../members/memberDraft';
import { EditMark } from '../members/EditMark';
import css from './BindingsPanel.module.css';
import { newRemoteProperty, pushTypes, remoteEventGroup, remotePropertyGroup, remoteServiceGroup, type RemoteProperty } from './bindingDraft';
import { LocalBindings } from './LocalBindings';
import { useLiveValue } from './liveValues';
import { propertyForm, propertyGroup } from './propertyDraft';

const words = texts.bindings;

type Part = 'properties' | 'services' | 'events';

/** Which members the other end gives, and which properties follow another Thing of this server. */
export function BindingsPanel({ entity, onClose }: { entity: EntityDocument; onClose: () => void }) {
  const members = membersOf(entity);
  const isRemote = members.services.some(service => service.name === 'GetRemoteMetadata');
  const [part, setPart] = useState<Part | 'local'>(isRemote ? 'properties' : 'local');
  const identifier = text(entity.all, 'identifier');
  const isConnected = useLiveValue('isConnected')?.v === true;
  const offer = useQuery({
    queryKey: [...keys.entity(entity.kind, entity.name), 'remote'],
    queryFn: async ({ signal }) => readMembers(await invokeJson('Things', entity.name, 'GetRemoteMetadata', {}, signal) as Row),
    enabled: isRemote && entity.kind === 'Things' && isConnected, retry: false,
  });
  return (
    <SidePanel title={words.manage} label={words.manage} isWide onClose={onClose}>
      {isRemote && <p className="hint">{identifier === '' ? <>{words.noIdentifier} <Link className={css.link} to={`${entityKey(entity.kind, entity.name)}/general`}>{words.setIdentifier}</Link></> : <>{words.standsFor} <Mono>{identifier}</Mono></>}</p>}
      <TabList size="small" selectedValue={part} onTabSelect={(_, { value }) => setPart(value as Part | 'local')}>
        {isRemote && <Tab value="properties">{texts.entity.tabs.properties}</Tab>}
        {isRemote && <Tab value="services">{texts.entity.tabs.services}</Tab>}
        {isRemote && <Tab value="events">{texts.entity.tabs.events}</Tab>}
        <Tab value="local">{words.local}</Tab>
      </TabList>
      {part === 'local' ? <LocalBindings entity={entity} /> : (
        <>
          <Bound part={part} offer={offer.data} />
          <Offered part={part} members={members} offer={offer.data} error={entity.kind === 'Things' ? offer.error : undefined} isConnected={isConnected} isTemplate={entity.kind !== 'Things'} onRetry={() => void offer.refetch()} />
        </>
      )}
      <p className="hint">{texts.members.savedWithSave}</p>
    </SidePanel>
  );
}

const groups = { properties: remotePropertyGroup, services: remoteServiceGroup, events: remoteEventGroup } as const;

/** What is bound to the other end. */
function Bound({ part, offer }: { part: Part; offer: Members | undefined }) {
  const draft = useEntityDraft();
  const group = groups[part];
  const bound = membersIn(draft, group as never) as unknown as DraftMember<{ sourceName: string }>[];
  if (bound.length === 0) return <p className="hint">{words.noneBound[part]}</p>;
  const change = (one: DraftMember<{ sourceName: string }>, next: Partial<RemoteProperty>) => draft.set(fieldOf(group, one.name), { ...one.value, ...next });
  const offered = offer?.[part].map(one => one.name);
  return (
    <table className={css.table}>
      <thead><tr><th>{words.here}</th><th>{words.thereName}</th>{part === 'properties' && <><th>{words.pushType}</th><th>{words.threshold}</th></>}<th aria-label={texts.actions.more} /></tr></thead>
      <tbody>
        {bound.map(one => {
          const isFixed = draft.readOnly !== undefined || one.state === 'removed';
          const property = one.value as RemoteProperty;
          return (
            <tr key={one.name} data-removed={one.state === 'removed' || undefined}>
              <th scope="row"><span className="row"><span className="ellipsis" title={one.name}>{one.name}</span><EditMark state={one.state} error={one.error} /></span></th>
              <td>
                <Input size="small" aria-label={`${words.thereName}: ${one.name}`} readOnly={isFixed} value={one.value.sourceName} list={`offered-${part}`} onChange={(_, data) => change(one, { sourceName: data.value })} />
                {offered && !offered.includes(one.value.sourceName) && <span className={css.missing}>{words.notOffered}</span>}
              </td>
              {part === 'properties' && (
                <>
                  <td><Select size="small" aria-label={`${words.pushType}: ${one.name}`} disabled={isFixed} value={property.pushType} onChange={(_, data) => change(one, { pushType: data.value })}>{pushTypes.map(type => <option key={type}>{type}</option>)}</Select></td>
                  <td style={{ width: 84 }}>{(property.pushType === 'VALUE' || property.pushType === 'DEADBAND') && <NumberInput aria-label={`${words.threshold}: ${one.name}`} isReadOnly={isFixed} value={property.pushThreshold} onChange={value => change(one, { pushThreshold: value ?? 0 })} />}</td>
                </>
              )}
              <td style={{ width: 32 }}>
                {one.state === 'removed'
                  ? <Button size="small" appearance="subtle" disabled={draft.readOnly !== undefined} onClick={() => draft.set(fieldOf(group, one.name), one.value)}>{texts.members.keep}</Button>
                  : <Button size="small" appearance="subtle" icon={<DismissRegular />} disabled={isFixed} title={draft.readOnly ?? words.unbind(one.name)} aria-label={words.unbind(one.name)} onClick={() => draft.set(fieldOf(group, one.name), null)} />}
              </td>
            </tr>
          );
        })}
      </tbody>
      {offered && <caption className="hidden"><datalist id={`offered-${part}`}>{offered.map(name => <option key={name} value={name} />)}</datalist></caption>}
    </table>
  );
}

interface OfferedProperties { part: Part; members: Members; offer: Members | undefined; error: unknown; isConnected: boolean; isTemplate: boolean; onRetry: () => void }

/** What the other end has and is not bound yet: bound by one press, with a member of the same name where there is none. */
function Offered({ part, members, offer, error, isConnected, isTemplate, onRetry }: OfferedProperties) {
  const draft = useEntityDraft();
  const bound = new Set((membersIn(draft, groups[part] as never) as unknown as DraftMember<{ sourceName: string }>[]).filter(one => one.state !== 'removed').map(one => one.value.sourceName));
  const isKnown = new Set<string>(members[part].map(one => one.name));
  const own = new Set([...isKnown, ...membersIn(draft, propertyGroup).map(one => one.name)]);
  if (isTemplate) return <p className="hint">{words.templateHint}</p>;
  if (error) return <ErrorBar error={words.unknown(sentenceOf(error))} action={{ label: texts.actions.tryAgain, run: onRetry }} isBare />;
  if (!offer) return <p className="hint">{isConnected ? words.asking : words.notConnected}</p>;
  const free = offer[part].filter(one => !bound.has(one.name) && !isPlatforms(one.name, members, part));
  const bind = (name: string) => {
    if (part === 'properties') {
      const property = offer.properties.find(one => one.name === name);
      if (property && !own.has(name)) draft.set(fieldOf(propertyGroup, name), { ...propertyForm(property), persistent: false, logged: false });
      draft.set(fieldOf(remotePropertyGroup, name), newRemoteProperty(name));
    } else if (part === 'services') {
      const service = offer.services.find(one => one.name === name);
      draft.set(fieldOf(remoteServiceGroup, name), { sourceName: name, timeout: 0, made: service && !isKnown.has(name) ? { description: service.description, parameters: service.parameters.map(fieldForm), result: fieldForm(service.result) } : null });
    } else {
      const event = offer.events.find(one => one.name === name);
      draft.set(fieldOf(remoteEventGroup, name), { sourceName: name, made: event && !isKnown.has(name) ? { dataShape: event.dataShape, description: event.description } : null });
    }
  };
  return (
    <section className={css.offer} aria-label={words.offered}>
      <h3>{words.offered}</h3>
      {free.length === 0 && <p className="hint">{words.allBound[part]}</p>}
      <ul>
        {free.map(one => (
          <li key={one.name}>
            <span className="ellipsis" title={one.description || one.name}>{one.name}</span>
            <span className="mono dim">{'baseType' in one ? one.baseType : 'result' in one ? one.result.baseType : one.dataShape}</span>
            <Button size="small" icon={<AddRegular />} disabled={draft.readOnly !== undefined} title={draft.readOnly} aria-label={words.bind(one.name)} onClick={() => bind(one.name)}>{own.has(one.name) || isKnown.has(one.name) ? words.bindShort : words.addShort}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the platform brings on both ends is no matter of binding. */
const isPlatforms = (name: string, members: Members, part: Part): boolean => {
  const known = members[part].find(one => one.name === name);
  return known !== undefined && !known.isOwn && (part !== 'properties' || ['name', 'description', 'thingTemplate', 'tags', 'isConnected', 'lastConnection'].includes(name));
};

