import type { FieldDefinition } from '../../../api/infotable';
import type { Members } from '../../../api/members';
import { builtIns } from './builtIns';

/** What a script can say: declarations are made of it for the language service. */
export interface ScriptWorld {
  /** What `me` can do. */
  readonly me: Members;
  /** A variable each. */
  readonly parameters: readonly Pick<FieldDefinition, 'name' | 'baseType' | 'description'>[];
  /** The base type of `result`; NOTHING where the script gives none. */
  readonly result: string;
  /** Names of entities by collection: `Things` and so on. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** Members of those that the script names, by `Things/Pump`. */
  readonly known: Readonly<Record<string, Members>>;
}

/** An entity that a script names. */
export interface Mention { readonly collection: string; readonly name: string }

/** The collections that scripts have. */
export const scriptCollections = ['Things', 'ThingTemplates', 'ThingShapes', 'DataShapes', 'Networks', 'Projects', 'Users', 'Groups', 'Organizations', 'ApplicationKeys', 'Resources', 'Subsystems', 'Logs', 'ModelTags', 'DataTags'] as const;

/** The entities that a script names by a text: `Things["Pump"]`. */
export function mentionsOf(code: string): Mention[] {
  const found = new Map<string, Mention>();
  for (const [, collection = '', , quoted = ''] of code.matchAll(new RegExp(`\\b(${scriptCollections.join('|')})\\s*\\[\\s*(["'])((?:(?!\\2).)+)\\2\\s*\\]`, 'g'))) found.set(`${collection}/${quoted}`, { collection, name: quoted });
  return [...found.values()];
}

/** The type of a base type's values in scripts. */
export function typeOf(baseType: string): string {
  switch (baseType) {
    case 'NUMBER': case 'INTEGER': case 'LONG': case 'TIMESPAN': return 'number';
    case 'BOOLEAN': return 'boolean';
    case 'DATETIME': return 'Date';
    case 'INFOTABLE': return 'InfoTable';
    case 'LOCATION': return 'Location';
    case 'NOTHING': return 'void';
    case 'JSON': case 'QUERY': case 'VARIANT': case 'TAGS': case 'SCHEDULE': case 'VEC2': case 'VEC3': case 'VEC4': case 'BLOB': case 'IMAGE': return 'any';
    default: return 'string';
  }
}

/** All that scripts know here, as TypeScript declarations. */
export function declarationsOf(world: ScriptWorld): string {
  const collections = scriptCollections.map(collection => {
    const keys = (world.names[collection] ?? []).map(name => {
      const members = world.known[`${collection}/${name}`];
      return `  ${JSON.stringify(name)}: ${members ? `{\n${membersIn(members)}\n  }` : 'Entity'};`;
    });
    return `declare const ${collection}: {\n${keys.join('\n')}\n  [name: string]: Entity | any;\n};`;
  });
  return [
    builtIns,
    `declare const me: {\n${membersIn(world.me)}\n};`,
    ...(world.result === 'NOTHING' ? [] : [`/** What the service gives: ${world.result}. */\ndeclare var result: ${typeOf(world.result)};`]),
    ...world.parameters.filter(one => isWord(one.name)).map(one => `${comment(one.description, one.baseType)}declare var ${one.name}: ${typeOf(one.baseType)};`),
    ...collections,
  ].join('\n');
}

function membersIn({ properties, services }: Members): string {
  const lines = [
    ...properties.map(one => `${comment(one.description, one.baseType)}  ${key(one.name)}: ${typeOf(one.baseType)};`),
    ...services.map(one => `${comment(one.description)}  ${key(one.name)}(${one.parameters.length === 0 ? '' : `args${one.parameters.some(isNeeded) ? '' : '?'}: { ${one.parameters.map(argument).join(' ')} }`}): ${typeOf(one.result.baseType)};`),
  ];
  return lines.join('\n');
}

const isNeeded = (parameter: FieldDefinition) => parameter.aspects['isRequired'] === true;

const argument = (parameter: FieldDefinition) => `${comment(parameter.description, parameter.baseType).trim()} ${key(parameter.name)}${isNeeded(parameter) ? '' : '?'}: ${typeOf(parameter.baseType)};`;

const isWord = (name: string): boolean => /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name);

const key = (name: string): string => (isWord(name) ? name : JSON.stringify(name));

function comment(description: string, baseType?: string): string {
  const words = [baseType, description].filter(Boolean).join(' · ').replaceAll('*/', '* /');
  return words === '' ? '' : `/** ${words} */\n`;
}
