import { Button } from '@fluentui/react-components';
import { AddRegular } from '@fluentui/react-icons/svg/add';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useEntityDraft } from '../../../app/entityDraft';
import { ErrorBar } from '../../../parts/ErrorBar';
import { Segments } from '../../../parts/Segments';
import { Toolbar } from '../../../parts/Toolbar';
import type { EntityTabProps } from '../../../registry';
import { texts } from '../../../texts';
import { fieldOf, membersIn } from '../members/memberDraft';
import { AddPrincipal } from './AddPrincipal';
import { PermissionTable, type RowKey } from './PermissionTable';
import css from './PermissionsTab.module.css';
import { designTime, grantKey, permissionGroups, runTime, type Sort } from './permissionDraft';

export { draft } from './permissionDraft';

const words = texts.permissions;
const sorts: readonly Sort[] = ['Visibility', 'RunTime', 'DesignTime'];

/** Who sees the entity and may do what with it; on a template also with all its Things. */
export default function PermissionsTab({ entity }: EntityTabProps) {
  const draft = useEntityDraft();
  const [address, setAddress] = useSearchParams();
  const [added, setAdded] = useState<readonly RowKey[]>([]);
  const [isAdding, setIsAdding] = useState(false);
  const sort = sorts.find(one => one === address.get('of')) ?? 'RunTime';
  const isTemplate = entity.kind === 'ThingTemplates';
  const isOfInstances = isTemplate && address.get('scope') === 'things';
  const group = permissionGroups.find(one => one.sort === sort && one.isOfInstances === isOfInstances);
  if (!group) return null;
  const go = (name: string, value: string) => {
    setAddress(current => { const next = new URLSearchParams(current); next.set(name, value); return next; }, { replace: true });
    setAdded([]);
    setIsAdding(false);
  };
  const grants = membersIn(draft, group);
  const refused = grants.filter(one => one.error !== undefined);
  const add = (row: RowKey) => {
    setIsAdding(false);
    if (sort === 'Visibility') draft.set(fieldOf(group, grantKey({ permission: 'None', ...row })), true);
    else setAdded([...added, row]);
  };
  return (
    <div className={css.page}>
      <Toolbar end={isTemplate ? <Segments label={words.scope} value={isOfInstances ? 'things' : 'self'} choices={[{ value: 'self', label: words.ofTemplate }, { value: 'things', label: words.ofThings }]} onChange={value => go('scope', value)} /> : undefined}>
        <Segments label={words.sort} value={sort} choices={sorts.map(value => ({ value, label: words.sorts[value] }))} onChange={value => go('of', value)} />
        <Button icon={<AddRegular />} disabled={draft.readOnly !== undefined} title={draft.readOnly} aria-expanded={isAdding} onClick={() => setIsAdding(!isAdding)}>{sort === 'Visibility' ? words.addOrganization : words.addPrincipal}</Button>
      </Toolbar>
      <div className={css.body}>
        <p className="hint">{words.hints[sort]}{isOfInstances && ` ${words.instancesHint}`}</p>
        {refused.map(one => <ErrorBar key={one.name} error={`${group.label(one.name)}: ${one.error ?? ''}`} isBare />)}
        {isAdding && <AddPrincipal entity={entity} sort={sort} onAdd={add} onClose={() => setIsAdding(false)} />}
        <PermissionTable
          entity={entity} grants={grants} added={added} permissions={sort === 'Visibility' ? ['None'] : sort === 'RunTime' ? runTime : designTime} sort={sort} isReadOnly={draft.readOnly !== undefined}
          onGrant={(grant, allowed) => draft.set(fieldOf(group, grantKey(grant)), allowed)}
        />
      </div>
    </div>
  );
}
