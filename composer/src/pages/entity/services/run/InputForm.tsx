import { useQueries } from '@tanstack/react-query';
import { ownShape, readShape, shapeOfThing, type ServiceDefinition } from '../../../../api/definitions';
import type { EntityDocument } from '../../../../api/entities';
import { text, type FieldDefinition, type Json } from '../../../../api/infotable';
import { formatValue } from '../../../../api/values';
import { FormField } from '../../../../parts/FormField';
import { QueryInput } from '../../../../parts/values/QueryInput';
import { TableInput } from '../../../../parts/values/TableInput';
import { ValueInput } from '../../../../parts/values/ValueInput';
import { texts } from '../../../../texts';
import { isRequired, type Inputs } from './inputs';

interface Properties {
  entity: EntityDocument;
  service: ServiceDefinition;
  inputs: Inputs;
  errors: Readonly<Record<string, string>>;
  onInput: (name: string, value: Json | undefined) => void;
  onError: (name: string, sentence: string | undefined) => void;
}

/** One input for each parameter, as its base type wants it. */
export function InputForm({ entity, service, inputs, errors, onInput, onError }: Properties) {
  const shapes = useShapes(entity, service);
  if (service.parameters.length === 0) return <div className="hint">{texts.run.noInputs}</div>;
  return service.parameters.map(field => {
    const { name } = field;
    const value = inputs[name];
    const fallback = field.aspects['defaultValue'];
    const hint = field.description || undefined;
    if (field.baseType === 'QUERY') {
      return <QueryInput key={name} label={name} fields={queryFields(shapes.of(service.result) ?? shapes.own)} value={value} onChange={next => onInput(name, next)} onError={sentence => onError(name, sentence)} error={errors[name]} />;
    }
    const fields = field.baseType === 'INFOTABLE' ? shapes.of(field) : undefined;
    if (fields) {
      return (
        <div key={name}>
          <FormField label={name} hint={hint} error={errors[name]} isRequired={isRequired(field)}>
            {() => <TableInput label={name} fields={fields} startsWithRow={isRequired(field)} value={value} onChange={next => onInput(name, next)} nestedFields={nested => shapes.of(nested) ?? (nested.name === 'values' ? shapes.own : undefined)} />}
          </FormField>
        </div>
      );
    }
    return (
      <FormField key={name} label={name} hint={hint} error={errors[name]} isRequired={isRequired(field)}>
        <ValueInput field={field} value={value} onChange={next => onInput(name, next)} onError={sentence => onError(name, sentence)} placeholder={fallback === undefined ? '' : formatValue(fallback, field.baseType)} />
      </FormField>
    );
  });
}

// An entry's own columns can be asked for beside the fields of its Data Shape.
const entryFields: readonly FieldDefinition[] = [['timestamp', 'DATETIME'], ['source', 'STRING'], ['id', 'STRING']].map(([name = '', baseType = '']) => ({ name, baseType, description: '', ordinal: 0, aspects: {} }));
const queryFields = (fields: readonly FieldDefinition[] | undefined): readonly FieldDefinition[] =>
  fields === undefined ? [] : [...fields, ...entryFields.filter(one => !fields.some(field => field.name === one.name))];

/** The Data Shapes of a service's parameters and result; `*` is the Thing's own. */
function useShapes(entity: EntityDocument, service: ServiceDefinition) {
  const own = shapeOfThing(entity.all);
  const nameOf = (field: FieldDefinition) => {
    const name = text(field.aspects, 'dataShape');
    return name === ownShape ? own : name;
  };
  const names = [...new Set([own, nameOf(service.result), ...service.parameters.map(nameOf)])].filter(Boolean);
  const found = useQueries({ queries: names.map(name => ({ queryKey: ['shape', name], queryFn: ({ signal }: { signal: AbortSignal }) => readShape(name, signal) })) });
  const byName = new Map(names.map((name, index) => [name, found[index]?.data]));
  return { own: byName.get(own), of: (field: FieldDefinition) => byName.get(nameOf(field)) };
}
