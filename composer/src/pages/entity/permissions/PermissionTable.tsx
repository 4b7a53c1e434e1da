import { CheckmarkRegular } from '@fluentui/react-icons/svg/checkmark';
import { OrganizationRegular } from '@fluentui/react-icons/svg/organization';
import { PeopleRegular } from '@fluentui/react-icons/svg/people';
import { PersonRegular } from '@fluentui/react-icons/svg/person';
import { ProhibitedRegular } from '@fluentui/react-icons/svg/prohibited';
import { SubtractRegular } from '@fluentui/react-icons/svg/subtract';
import { Fragment, useMemo } from 'react';
import { Link } from 'react-router';
import type { EntityDocument } from '../../../api/entities';
import { membersOf } from '../../../api/members';
import { entityKey } from '../../../app/entityDraft';
import { kindOfType } from '../../../registry';
import { texts } from '../../../texts';
import type { DraftMember } from '../members/memberDraft';
import css from './PermissionsTab.module.css';
import { grantKey, readGrant, type Grant, type PrincipalType, type Sort } from './permissionDraft';

const words = texts.permissions;

/** A row: a principal, and the member that it is about. */
export type RowKey = Omit<Grant, 'permission'>;

interface Properties {
  entity: EntityDocument;
  sort: Sort;
  permissions: readonly string[];
  grants: readonly DraftMember<boolean>[];
  /** Rows that nothing is said in yet. */
  added: readonly RowKey[];
  isReadOnly: boolean;
  /** Null takes the permission back. */
  onGrant: (grant: Grant, allowed: boolean | null) => void;
}

/** Principals down, permissions across: each allowed, denied or not said. Rows stand by the member that they are about. */
export function PermissionTable({ entity, sort, permissions, grants, added, isReadOnly, onGrant }: Properties) {
  const known = useMemo(() => new Map(grants.map(one => [one.name, one])), [grants]);
  const sections = useMemo(() => sectionsOf([...grants.map(one => readGrant(one.name)), ...added]), [grants, added]);
  const fits = useMemo(() => fitting(entity), [entity]);
  if (sections.length === 0) return <p className="dim">{words.none[sort]}</p>;
  return (
    <table className={css.table} aria-label={words.sorts[sort]}>
      <thead><tr><th scope="col">{sort === 'Visibility' ? words.organization : words.principal}</th>{permissions.map(one => <th key={one} scope="col">{one === 'None' ? words.sees : one}</th>)}</tr></thead>
      <tbody>
        {sections.map(([resource, rows]) => (
          <Fragment key={resource}>
            {sort === 'RunTime' && <tr className={css.of}><th scope="rowgroup" colSpan={permissions.length + 1}>{resource === '*' ? words.allMembers : resource}</th></tr>}
            {rows.map(row => (
              <tr key={`${row.principalType}/${row.principal}`}>
                <th scope="row"><Who row={row} /></th>
                {permissions.map(permission => (
                  <td key={permission}>
                    {fits(permission, resource) && <Cell grant={{ ...row, permission }} member={known.get(grantKey({ ...row, permission }))} canDeny={sort !== 'Visibility'} isReadOnly={isReadOnly} onGrant={onGrant} />}
                  </td>
                ))}
              </tr>
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

/** A permission: a press goes from not said to allowed, to denied, and back. */
function Cell({ grant, member, canDeny, isReadOnly, onGrant }: { grant: Grant; member: DraftMember<boolean> | undefined; canDeny: boolean; isReadOnly: boolean; onGrant: Properties['onGrant'] }) {
  const allowed = member === undefined || member.state === 'removed' ? undefined : member.value;
  const next = allowed === undefined ? true : allowed && canDeny ? false : null;
  const word = allowed === undefined ? words.notSaid : allowed ? words.allowed : words.denied;
  const Mark = allowed === undefined ? SubtractRegular : allowed ? CheckmarkRegular : ProhibitedRegular;
  return (
    <button
      type="button" className={css.cell} data-allowed={allowed} data-changed={(member !== undefined && member.state !== 'same') || undefined} disabled={isReadOnly}
      aria-label={words.cell(grant.permission === 'None' ? words.sees : grant.permission, grant.principal, word)} title={member?.error} onClick={() => onGrant(grant, next)}
    >
      <Mark fontSize={16} aria-hidden />{word}
    </button>
  );
}

const icons = { User: PersonRegular, Group: PeopleRegular, Organization: OrganizationRegular, OrganizationalUnit: OrganizationRegular } satisfies Record<PrincipalType, unknown>;

function Who({ row }: { row: RowKey }) {
  const Icon = icons[row.principalType];
  const kind = kindOfType(row.principalType === 'OrganizationalUnit' ? 'Organization' : row.principalType);
  const name = row.principalType === 'OrganizationalUnit' ? row.principal.split(':')[0] ?? row.principal : row.principal;
  return <span className={css.who}><Icon fontSize={16} aria-label={row.principalType} />{kind ? <Link className="ellipsis" to={entityKey(kind.collection, name)} title={row.principal}>{row.principal}</Link> : row.principal}</span>;
}

/** Rows without doubles, by what they are about: all members first. */
function sectionsOf(rows: readonly RowKey[]): [resource: string, rows: RowKey[]][] {
  const sections = new Map<string, Map<string, RowKey>>();
  for (const { resource, principal, principalType } of rows) {
    const section = sections.get(resource) ?? new Map<string, RowKey>();
    section.set(`${principalType}/${principal}`, { resource, principal, principalType });
    sections.set(resource, section);
  }
  const rank = (resource: string) => (resource === '*' || resource === '' ? 0 : 1);
  return [...sections].sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b)).map(([resource, all]) => [resource, [...all.values()]]);
}

/** Which permissions a member can have: a property is read and written, a service invoked, an event fired and subscribed to. */
function fitting(entity: EntityDocument): (permission: string, resource: string) => boolean {
  const { properties, services, events } = membersOf(entity);
  const names = { Property: new Set(properties.map(one => one.name)), Service: new Set(services.map(one => one.name)), Event: new Set(events.map(one => one.name)) };
  return (permission, resource) => {
    const part = (['Property', 'Service', 'Event'] as const).find(one => permission.startsWith(one));
    const isKnown = Object.values(names).some(set => set.has(resource));
    return part === undefined || resource === '*' || !isKnown || names[part].has(resource);
  };
}
