import { expect, it } from 'vitest';
import type { ServiceDefinition } from '../../../../api/definitions';
import { toCode, type Call } from './code';
import { blamed, readInputs, writeInputs } from './inputs';

const parameter = (name: string, baseType: string) => ({ name, baseType, description: '', ordinal: 0, aspects: {} });
const service: ServiceDefinition = {
  name: 'AddUser', description: '', category: '', source: { type: 'Thing', name: 'X' }, isOverridable: false, isRelayed: false, isAsync: false,
  parameters: [parameter('who', 'STRING'), parameter('password', 'PASSWORD'), parameter('since', 'DATETIME')], result: parameter('result', 'STRING'),
};
const call: Call = { origin: 'http://h:1', collection: 'Things', entity: 'a/b', service, inputs: { who: "O'Neil", password: 'secret', since: 5 } };

it('never shows a secret', () => {
  for (const language of ['script', 'curl', 'csharp'] as const) expect(toCode(language, call)).not.toContain('secret');
  expect(writeInputs(service, call.inputs)).not.toContain('secret');
});

it('escapes for the shell and writes dates as dates', () => {
  expect(toCode('curl', call)).toContain("O'\\''Neil");
  expect(toCode('curl', call)).toContain('/Things/a%2Fb/Services/AddUser');
  expect(toCode('script', call)).toContain('since: new Date(5)');
  expect(toCode('script', call)).toMatch(/^var result = Things\["a\/b"\]\.AddUser/);
});

it('reads from an address only what the service takes', () => {
  expect(readInputs(service, '{"who":"x","other":1}')).toEqual({ who: 'x' });
  expect(readInputs(service, 'no json')).toEqual({});
});

it('finds the field that a sentence is about', () => {
  expect(blamed(service, "Service [AddUser] needs parameter 'who' (STRING).")).toBe('who');
  expect(blamed(service, 'The link is down.')).toBeUndefined();
});
