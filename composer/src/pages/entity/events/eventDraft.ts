import { text } from '../../../api/infotable';
import { orNothing, rowsAt } from '../../../api/members';
import { invoke } from '../../../api/services';
import { anyGroup, memberDraft, type MemberGroup } from '../members/memberDraft';

/** An event's definition as the form edits it. */
export type EventDefinitionForm = { dataShape: string; description: string; category: string };

/** Events of an entity's own. */
export const eventGroup: MemberGroup<EventDefinitionForm> = {
  id: 'event',
  read: entity => Object.fromEntries(rowsAt(entity.all, 'events').map(row => [text(row, 'name'), { dataShape: text(row, 'dataShapeName'), description: text(row, 'description'), category: text(row, 'category') }])),
  label: name => name,
  put: (entity, name, form) => invoke(entity.kind, entity.name, 'AddEventDefinition', { name, description: form.description, category: form.category, dataShape: orNothing(form.dataShape) }),
  remove: (entity, name) => invoke(entity.kind, entity.name, 'RemoveEventDefinition', { name }),
};

/** How the Events tab saves. */
export const draft = memberDraft([anyGroup(eventGroup)]);
