// Writes src/api/schema.ts: the parameters of the services of resources and subsystems, from the OpenAPI document of a running
// server. The document holds every template too, several megabytes; only what Composer calls by name is kept.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import openapi, { astToString } from 'openapi-typescript';

const server = process.env.HANSA_URL ?? 'http://127.0.0.1:8080';
const appKey = process.env.HANSA_APP_KEY;
const from = process.argv[2];
const document = from ? JSON.parse(await readFile(from, 'utf8')) : await fetch(`${server}/Thingworx/openapi.json`, { headers: { appKey } }).then(async answer => {
  if (!answer.ok) throw new Error(`${server} answers ${answer.status}: ${await answer.text()} (HANSA_URL names the server, HANSA_APP_KEY a key of an administrator)`);
  return answer.json();
});

const wanted = /^\/(Resources|Subsystems)\/([^/]+)\/Services\/([^/]+)$/;
const paths = Object.entries(document.paths).map(([path, item]) => [path.match(wanted), item]).filter(([match]) => match);
// What every entity has is called by invoke(); it would be told once for each resource.
const counts = Map.groupBy ? Map.groupBy(paths, ([match]) => match[3]) : paths.reduce((map, one) => map.set(one[0][3], [...(map.get(one[0][3]) ?? []), one]), new Map());
const holders = new Set(paths.map(([match]) => match[0].split('/')[2])).size;
const own = paths.filter(([match]) => counts.get(match[3]).length < holders / 3);

const services = {};
for (const [[, collection, name, service], item] of own) {
  const body = item.post?.requestBody?.content?.['application/json']?.schema ?? { type: 'object', properties: {} };
  const parameters = { ...body, additionalProperties: false };
  (services[`${collection}/${name}`] ??= { type: 'object', properties: {}, required: [], additionalProperties: false }).properties[service] = parameters;
  services[`${collection}/${name}`].required.push(service);
}
const trimmed = {
  openapi: '3.1.0', info: { title: 'services', version: '1' }, paths: {},
  components: { schemas: { Services: { type: 'object', properties: services, required: Object.keys(services), additionalProperties: false }, InfoTable: document.components.schemas.InfoTable } },
};
const nodes = await openapi(trimmed, { alphabetize: true, defaultNonNullable: false, emptyObjectsUnknown: true });
const text = `// Written by \`npm run schema\` from the server's OpenAPI document; not edited by hand.\n\n${astToString(nodes)}\nexport type Services = components['schemas']['Services'];\n`;
await writeFile(fileURLToPath(new URL('../src/api/schema.ts', import.meta.url)), text);
console.log(`${own.length} services of ${Object.keys(services).length} resources and subsystems`);
