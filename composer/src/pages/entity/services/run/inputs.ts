import type { ServiceDefinition } from '../../../../api/definitions';
import type { FieldDefinition, Json } from '../../../../api/infotable';
import { formatValue } from '../../../../api/values';
import { texts } from '../../../../texts';

/** Values of a service's parameters, by name; what is not said is left out. */
export type Inputs = Readonly<Record<string, Json>>;

/** Beyond so many characters inputs do not go into the address. */
const mostInAddress = 1_500;

/** Inputs as the address holds them; undefined where they are none or too many. Secrets and files never. */
export function writeInputs(service: ServiceDefinition, inputs: Inputs): string | undefined {
  const kept = withoutSecrets(service, inputs);
  const text = JSON.stringify(kept);
  return Object.keys(kept).length === 0 || text.length > mostInAddress ? undefined : text;
}

/** Reads inputs from the address: only parameters that the service has. */
export function readInputs(service: ServiceDefinition, text: string | null): Inputs {
  try {
    const all = JSON.parse(text ?? '{}') as Record<string, Json>;
    return Object.fromEntries(Object.entries(all).filter(([name]) => service.parameters.some(field => field.name === name)));
  } catch {
    return {};
  }
}

/** Inputs that may be kept: no secret, no file. */
export const withoutSecrets = (service: ServiceDefinition, inputs: Inputs): Inputs =>
  Object.fromEntries(Object.entries(inputs).filter(([name]) => !['PASSWORD', 'IMAGE', 'BLOB'].includes(service.parameters.find(field => field.name === name)?.baseType ?? '')));

/** Whether a parameter must be said. */
export const isRequired = (field: FieldDefinition): boolean => field.aspects['isRequired'] === true && field.aspects['defaultValue'] === undefined;

/** The parameter that a sentence of the server is about: it names it in quotes. */
export const blamed = (service: ServiceDefinition, sentence: string): string | undefined =>
  service.parameters.find(field => sentence.includes(`'${field.name}'`) || sentence.includes(`[${field.name}]`) || sentence.startsWith(`${field.name} `))?.name;

/** Inputs in a few words, for the list of earlier runs. */
export function describe(service: ServiceDefinition, inputs: Inputs): string {
  const words = service.parameters.flatMap(field => {
    const value = inputs[field.name];
    if (value === undefined) return [];
    const shown = field.baseType === 'PASSWORD' ? '…' : formatValue(value, field.baseType);
    return [`${field.name} ${shown.length > 40 ? `${shown.slice(0, 39)}…` : shown}`];
  });
  return words.length === 0 ? texts.run.noInputsGiven : words.join(', ');
}
