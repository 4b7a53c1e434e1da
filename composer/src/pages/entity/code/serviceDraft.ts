import { flag, readField, text, type Row } from '../../../api/infotable';
import { rowsAt } from '../../../api/members';
import { invoke } from '../../../api/services';
import { anyGroup, memberDraft, type MemberGroup } from '../members/memberDraft';
import { fieldForm, fieldTable, newField, type FieldForm } from '../members/fieldForm';

/** A service in JavaScript as the editor has it. */
export type ServiceForm = {
  description: string; category: string; parameters: FieldForm[]; result: FieldForm; code: string; isAsync: boolean; isPrivate: boolean; isLocalOnly: boolean; isAllowOverride: boolean;
};

/** A service that nothing is said of yet. */
export const newService: ServiceForm = { description: '', category: '', parameters: [], result: newField('result', 'NOTHING'), code: '', isAsync: false, isPrivate: false, isLocalOnly: false, isAllowOverride: false };

/** The services of a document that are in JavaScript. */
export const readServices = (all: Row): Record<string, ServiceForm> => Object.fromEntries(rowsAt(all, 'services').map(row => [text(row, 'name'), {
  description: text(row, 'description'), category: text(row, 'category'), parameters: rowsAt(row, 'parameters').map(field => fieldForm(readField(field))), result: fieldForm(readField(row['resultType'])),
  code: text(row, 'code'), isAsync: flag(row, 'isAsync'), isPrivate: flag(row, 'isPrivate'), isLocalOnly: flag(row, 'isLocalOnly'), isAllowOverride: flag(row, 'isAllowOverride'),
}]));

/** Services of an entity's own. */
export const serviceGroup: MemberGroup<ServiceForm> = {
  id: 'service',
  read: entity => readServices(entity.all),
  label: name => name,
  put: (entity, name, { parameters, result, ...form }) => invoke(entity.kind, entity.name, 'AddScriptServiceDefinition', { name, ...form, parameters: fieldTable(parameters), resultType: fieldTable([result]) }),
  remove: (entity, name) => invoke(entity.kind, entity.name, 'RemoveServiceDefinition', { name }),
};

/** How the Services tab saves. */
export const draft = memberDraft([anyGroup(serviceGroup)]);
