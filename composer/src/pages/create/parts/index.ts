import type { Kind } from '../../../registry';
import { applicationKey } from './applicationKey';
import { dataShape } from './dataShape';
import { group } from './group';
import { organization } from './organization';
import { thingTemplate } from './thingTemplate';
import type { NewPart } from './types';
import { user } from './user';

export type { NewPart, NewPartProperties, Secrets } from './types';

const parts: Readonly<Record<string, NewPart>> = { Users: user, Groups: group, Organizations: organization, ApplicationKeys: applicationKey, DataShapes: dataShape, ThingTemplates: thingTemplate };

/** What a kind is asked beside name and General Information; undefined where that is all. */
export const newPartOf = (kind: Kind): NewPart | undefined => parts[kind.id];
