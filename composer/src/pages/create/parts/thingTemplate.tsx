import { text } from '../../../api/infotable';
import { FormField } from '../../../parts/FormField';
import { Picker } from '../../../parts/Picker';
import { kindById, type Kind } from '../../../registry';
import { texts } from '../../../texts';
import type { NewPart } from './types';

const templates = kindById('ThingTemplates') as Kind;

/** A Thing Template: what it extends. */
export const thingTemplate: NewPart = {
  Fields: ({ values, set }) => <FormField label={texts.general.baseTemplate} hint={texts.create.baseHint}><Picker kind={templates} value={text(values, 'base')} onChange={value => set('base', value)} /></FormField>,
  faults: () => ({}),
  args: values => (text(values, 'base') === '' ? {} : { baseThingTemplateName: text(values, 'base') }),
};
