import { invoke } from '../../../api/services';
import { texts } from '../../../texts';
import { anyGroup, memberDraft, type MemberGroup } from '../members/memberDraft';

/** The Thing Shapes that a Thing or template names itself. */
export const shapeGroup: MemberGroup<boolean> = {
  id: 'shape',
  read: entity => Object.fromEntries((Array.isArray(entity.all['implementedShapes']) ? entity.all['implementedShapes'] : []).map(name => [String(name), true])),
  label: texts.relationships.shape,
  put: (entity, name) => invoke(entity.kind, entity.name, 'AddImplementedShape', { thingShapeName: name }),
  remove: (entity, name) => invoke(entity.kind, entity.name, 'RemoveImplementedShape', { thingShapeName: name }),
};

/** How the Relationships tab saves. */
export const draft = memberDraft([anyGroup(shapeGroup)]);
