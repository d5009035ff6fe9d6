// Judges chains of custody in CASE/UCO with public libraries: expansion by jsonld in its safe mode (a member that no term stands for is a fault), then SHACL by rdf-validate-shacl.
//
//   node case.mjs SHAPES FILE...
//
// Prints one line of JSON for each file: {"file", "expanded": nodes, "triples", "faults": [text]}. No network: whatever context is not in the file is a fault.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const packages = pathToFileURL(join(process.env.MLAT_EVIDENCE_JUDGES ?? import.meta.dirname, 'case.mjs'));
const require = createRequire(packages);
const jsonld = require('jsonld');
const bring = async (name) => (await import(pathToFileURL(require.resolve(name)))).default;
const SHACLValidator = await bring('rdf-validate-shacl');
const data = await bring('@rdfjs/data-model');
const datasets = await bring('@rdfjs/dataset');

const documentLoader = async (url) => { throw new Error(`${url} is not in the file`); };

function term(from) {
  if (from.termType === 'NamedNode') return data.namedNode(from.value);
  if (from.termType === 'BlankNode') return data.blankNode(from.value.replace(/^_:/, ''));
  return data.literal(from.value, from.language || data.namedNode(from.datatype.value));
}

async function graph(document) {
  const quads = await jsonld.toRDF(document, { documentLoader, safe: true });
  return datasets.dataset(quads.map((quad) => data.quad(term(quad.subject), term(quad.predicate), term(quad.object))));
}

const [shapesFile, ...files] = process.argv.slice(2);
const shapes = await graph(JSON.parse(readFileSync(shapesFile, 'utf8')));
// What the shapes say of classes counts for what is judged.
const subclasses = [...shapes].filter((quad) => quad.predicate.value.endsWith('#subClassOf'));
for (const file of files) {
  const told = { file, expanded: 0, triples: 0, faults: [] };
  try {
    const document = JSON.parse(readFileSync(file, 'utf8'));
    told.expanded = (await jsonld.expand(document, { documentLoader, safe: true })).length;
    const judged = await graph(document);
    told.triples = judged.size;
    for (const quad of subclasses) judged.add(quad);
    const report = await new SHACLValidator(shapes).validate(judged);
    for (const result of report.results) {
      const path = result.path?.value ?? '';
      told.faults.push(`${result.focusNode?.value} ${path} ${result.sourceConstraintComponent?.value.split('#')[1]} ${result.message.map((text) => text.value).join(' ')}`);
    }
    if (!report.conforms && told.faults.length === 0) told.faults.push('does not conform');
  } catch (fault) {
    told.faults.push(`expansion: ${fault.message} ${JSON.stringify(fault.details?.event?.details ?? '')}`);
  }
  console.log(JSON.stringify(told));
}
