// Drives a node's FHIR routes with a client that knows nothing of this project (npm fhir-kit-client).
//
//   node drive.mjs BASE_URL HEADERS_JSON TRANSFER      prints {"metadata", "pages", "reads", "counts", "outcomes", "posted"}: what the client was given
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const packages = process.env.MLAT_FHIR_JUDGES ?? import.meta.dirname;
const { Client } = await import(pathToFileURL(join(packages, 'node_modules/fhir-kit-client/dist/index.js')).href);
const [baseUrl, headers, transfer] = process.argv.slice(2);
const customHeaders = JSON.parse(headers);
const client = new Client({ baseUrl, customHeaders });

/** All pages of a search, as the client itself follows their links. */
async function pages(resourceType, searchParams) {
  const found = [];
  for (let bundle = await client.search({ resourceType, searchParams }); bundle; bundle = await client.nextPage({ bundle })) found.push(bundle);
  return found;
}

/** What the client makes of a refusal. */
async function refused(attempt) {
  try { await attempt(); } catch (error) { return { status: error.response.status, body: error.response.data }; }
  return { status: 200 };
}

const today = new Date().toISOString().slice(0, 10);
const result = {
  metadata: await client.capabilityStatement(),
  pages: {
    forward: await pages('AuditEvent', { _count: 7, entity: `urn:mlat-exchange:id:transfer|${transfer}` }),
    backward: await pages('AuditEvent', { _count: 7, _sort: '-date', 'entity:identifier': `urn:mlat-exchange:id:transfer|${transfer}` }),
    combined: await pages('AuditEvent', { date: [`ge${today.slice(0, 4)}`, 'lt9000'], agent: 'urn:mlat-exchange:id:jurisdiction|XB', subtype: 'urn:mlat-exchange:code:led-operation|erasure', type: 'destroy', purpose: 'establish-the-facts', outcome: '0', action: 'D', _total: 'accurate' }),
    official: await pages('AuditEvent', { agent: 'urn:mlat-exchange:id:official|pseudonym', _lastUpdated: 'gt2000' }),
    provenance: await pages('Provenance', { target: `urn:mlat-exchange:id:transfer|${transfer}`, recorded: 'ge2000', agent: 'XA', _count: 3 }),
    nothing: await pages('AuditEvent', { outcome: '8' }),
  },
  counts: {
    all: await client.search({ resourceType: 'AuditEvent', searchParams: { entity: transfer, _summary: 'count' } }),
    provenance: await client.search({ resourceType: 'Provenance', searchParams: { target: transfer, _summary: 'count' } }),
  },
  posted: await client.search({ resourceType: 'AuditEvent', searchParams: { entity: transfer, _count: 2 }, options: { postSearch: true } }),
};
const one = result.pages.forward[0].entry[0].resource;
const two = result.pages.provenance[0].entry[0].resource;
result.reads = [await client.read({ resourceType: 'AuditEvent', id: one.id }), await client.read({ resourceType: 'Provenance', id: two.id })];
const { Consultation, ...anonymous } = customHeaders;
result.outcomes = {
  purpose: await refused(() => new Client({ baseUrl, customHeaders: anonymous }).search({ resourceType: 'AuditEvent', searchParams: {} })),
  unknown: await refused(() => client.search({ resourceType: 'AuditEvent', searchParams: { patient: 'x', _count: 'many', date: 'soon' } })),
  missing: await refused(() => client.read({ resourceType: 'AuditEvent', id: '00000000-0000-0000-0000-000000000000' })),
  resource: await refused(() => client.read({ resourceType: 'Patient', id: '1' })),
};
console.log(JSON.stringify(result));
