import { describe, expect, it } from 'vitest';
import type { EntityDocument } from '../../../api/entities';
import { grantKey, permissionGroups, readGrant } from './permissionDraft';

const entity = {
  all: {
    permissions: [
      { permission: 'None', resource: '', principal: 'Plant:Bergen', principalKind: 'OrganizationalUnit', allowed: true },
      { permission: 'PropertyRead', resource: '*', principal: 'Users', principalKind: 'Group', allowed: false }, { permission: 'Read', resource: '', principal: 'anna', principalKind: 'User', allowed: true },
    ],
    instancePermissions: [{ permission: 'ServiceInvoke', resource: 'Warm', principal: 'anna', principalKind: 'User', allowed: true }],
  },
} as unknown as EntityDocument;

describe('permission groups', () => {
  it('tell visibility, run time and design time apart, and what is of a template\'s Things', () => {
    expect(Object.fromEntries(permissionGroups.map(group => [group.id, group.read(entity)]))).toEqual({
      Visibility: { 'None//OrganizationalUnit/Plant:Bergen': true }, RunTime: { 'PropertyRead/*/Group/Users': false }, DesignTime: { 'Read//User/anna': true },
      instanceVisibility: {}, instanceRunTime: { 'ServiceInvoke/Warm/User/anna': true }, instanceDesignTime: {},
    });
  });

  it('read back what they write', () => {
    const grant = { permission: 'None', resource: '', principalType: 'Organization', principal: 'Everyone' } as const;
    expect(readGrant(grantKey(grant))).toEqual(grant);
  });
});
