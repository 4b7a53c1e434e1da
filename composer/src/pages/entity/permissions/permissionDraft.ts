import type { EntityDocument } from '../../../api/entities';
import { flag, text, type Json } from '../../../api/infotable';
import { rowsAt } from '../../../api/members';
import { invoke, type Arguments } from '../../../api/services';
import { texts } from '../../../texts';
import { memberDraft, anyGroup, type MemberGroup } from '../members/memberDraft';

/** What may be given at run time, and at design time. */
export const runTime = ['PropertyRead', 'PropertyWrite', 'ServiceInvoke', 'EventInvoke', 'EventSubscribe'] as const;
export const designTime = ['Create', 'Read', 'Update', 'Delete'] as const;

/** Of whom a permission speaks. */
export type PrincipalType = 'User' | 'Group' | 'Organization' | 'OrganizationalUnit';

/** Everything about one permission but whether it is allowed. `resource` is a member, `*` all of them, empty at design time. */
export interface Grant { readonly permission: string; readonly resource: string; readonly principalType: PrincipalType; readonly principal: string }

/** A grant as the name of a field; no part of it has a slash. */
export const grantKey = ({ permission, resource, principalType, principal }: Grant): string => [permission, resource, principalType, principal].join('/');

/** The grant of a key. */
export const readGrant = (key: string): Grant => {
  const [permission = '', resource = '', principalType = 'User', ...principal] = key.split('/');
  return { permission, resource, principalType: principalType as PrincipalType, principal: principal.join('/') };
};

/** What the permissions of a group are about. */
export type Sort = 'Visibility' | 'RunTime' | 'DesignTime';

/** Permissions of one sort, of the entity or of a template's Things: true allows, false denies. */
export interface PermissionGroup extends MemberGroup<boolean> { readonly sort: Sort; readonly isOfInstances: boolean }

function groupOf(sort: Sort, isOfInstances: boolean): PermissionGroup {
  const has = (permission: string) => sort === 'Visibility' ? permission === 'None' : (sort === 'RunTime' ? runTime : designTime as readonly string[]).includes(permission);
  const service = (verb: 'Add' | 'Delete') => `${verb}${isOfInstances ? 'Instance' : ''}${sort}Permission`;
  const args = (key: string): Arguments => {
    const { permission, resource, principal, principalType } = readGrant(key);
    return { principal, principalType, ...(sort === 'Visibility' ? {} : { type: permission }), ...(sort === 'RunTime' ? { resource } : {}) };
  };
  return {
    id: `${isOfInstances ? 'instance' : ''}${sort}`, sort, isOfInstances,
    read: (entity: EntityDocument) => Object.fromEntries(rowsAt(entity.all, isOfInstances ? 'instancePermissions' : 'permissions').filter(row => has(text(row, 'permission')))
      .map(row => [grantKey({ permission: text(row, 'permission'), resource: text(row, 'resource'), principalType: text(row, 'principalKind') as PrincipalType, principal: text(row, 'principal') }), flag(row, 'allowed')])),
    label: key => {
      const { permission, resource, principal } = readGrant(key);
      return texts.permissions.grant(permission === 'None' ? texts.permissions.sorts.Visibility : permission, resource, principal, isOfInstances);
    },
    show: isAllowed => (isAllowed ? texts.permissions.allowed : texts.permissions.denied),
    put: (entity, key, allow) => invoke(entity.kind, entity.name, service('Add'), { ...args(key), ...(sort === 'Visibility' ? {} : { allow: allow as Json }) }),
    remove: (entity, key) => invoke(entity.kind, entity.name, service('Delete'), args(key)),
  };
}

/** All groups: of the entity itself first, then of a template's Things. */
export const permissionGroups: readonly PermissionGroup[] = [false, true].flatMap(isOfInstances => (['Visibility', 'RunTime', 'DesignTime'] as const).map(sort => groupOf(sort, isOfInstances)));

/** How the Permissions tab saves. */
export const draft = memberDraft(permissionGroups.map(anyGroup));
