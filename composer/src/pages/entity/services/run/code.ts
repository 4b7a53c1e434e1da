import type { ServiceDefinition } from '../../../../api/definitions';
import { isObject, type Json } from '../../../../api/infotable';

/** The languages in which a call can be shown. */
export type Language = 'script' | 'curl' | 'csharp';

/** A call to be written as code. */
export interface Call {
  /** Scheme, host and port of the server. */
  readonly origin: string;
  readonly collection: string;
  readonly entity: string;
  readonly service: ServiceDefinition;
  readonly inputs: Readonly<Record<string, Json>>;
}

/** The call in a language; a secret is never in it. */
export function toCode(language: Language, call: Call): string {
  const inputs = Object.fromEntries(Object.entries(call.inputs).map(([name, value]) => [name, isSecret(call.service, name) ? '…' : slim(value)]));
  const address = `${call.origin}/Thingworx/${[call.collection, call.entity, 'Services', call.service.name].map(encodeURIComponent).join('/')}`;
  const body = pretty(inputs);
  switch (language) {
    case 'script': return script(call, inputs);
    case 'curl': return [
      `curl -X POST ${shell(address)} \\`, "  -H 'appKey: YOUR-APPLICATION-KEY' \\", "  -H 'Content-Type: application/json' \\", "  -H 'Accept: application/json' \\", `  -d ${shell(body)}`,
    ].join('\n');
    case 'csharp': return [
      'using var client = new HttpClient();',
      'client.DefaultRequestHeaders.Add("appKey", Environment.GetEnvironmentVariable("APP_KEY"));',
      'client.DefaultRequestHeaders.Accept.Add(new("application/json"));',
      'var inputs = new StringContent(',
      `    ${rawString(body)},`,
      '    Encoding.UTF8, "application/json");',
      `using var answer = await client.PostAsync(${JSON.stringify(address)}, inputs);`,
      'answer.EnsureSuccessStatusCode();',
      'var result = await answer.Content.ReadAsStringAsync();',
    ].join('\n');
  }
}

function script({ collection, entity, service }: Call, inputs: Readonly<Record<string, Json>>): string {
  const members = Object.entries(inputs).map(([name, value]) => `  ${key(name)}: ${scriptValue(service.parameters.find(field => field.name === name)?.baseType ?? 'STRING', value)}`);
  const invocation = `${collection}[${JSON.stringify(entity)}].${service.name}(${members.length === 0 ? '' : `{\n${members.join(',\n')}\n}`});`;
  return service.result.baseType === 'NOTHING' ? invocation : `var result = ${invocation}`;
}

function scriptValue(baseType: string, value: Json): string {
  if (baseType === 'DATETIME' && typeof value === 'number') return `new Date(${String(value)})`;
  const json = pretty(value).replaceAll('\n', '\n  ');
  return baseType === 'INFOTABLE' ? `Resources["InfoTableFunctions"].FromJSON({ json: ${json} })` : json;
}

/** What fits a line stands on one. */
const widest = 100;

function pretty(value: Json, indent = ''): string {
  const line = JSON.stringify(value);
  if (typeof value !== 'object' || value === null || line.length + indent.length <= widest) return line;
  const deeper = `${indent}  `;
  const members = Array.isArray(value)
    ? value.map(item => deeper + pretty(item, deeper))
    : Object.entries(value).map(([name, item]) => `${deeper}${JSON.stringify(name)}: ${pretty(item, deeper)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open ?? ''}\n${members.join(',\n')}\n${indent}${close ?? ''}`;
}

// Of a field definition a call needs name and base type.
function slim(value: Json): Json {
  if (!isObject(value) || !isObject(value['dataShape'])) return value;
  const fields = Object.entries((value['dataShape']['fieldDefinitions'] ?? {}) as Record<string, { name: string; baseType: string }>);
  return { dataShape: { fieldDefinitions: Object.fromEntries(fields.map(([key_, { name, baseType }]) => [key_, { name, baseType }])) }, rows: (value['rows'] ?? []) as Json };
}

const isSecret = (service: ServiceDefinition, name: string): boolean => service.parameters.some(field => field.name === name && field.baseType === 'PASSWORD');
const key = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
const shell = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

// A raw string of C# is fenced by more quotes than stand together in it.
function rawString(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/"+/g)].map(([quotes]) => quotes.length));
  const fence = '"'.repeat(longest + 1);
  return `${fence}\n    ${text.replaceAll('\n', '\n    ')}\n    ${fence}`;
}
