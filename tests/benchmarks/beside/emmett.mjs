// Appends events of 1 KB with an expected version through Emmett, each writer to a stream of its own; prints appends per second.
// Arguments: writers, seconds. The database is named by BESIDE_DATABASE.
import { randomUUID } from 'node:crypto';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';

const [writers, seconds] = process.argv.slice(2).map(Number);
const store = getPostgreSQLEventStore(process.env.BESIDE_DATABASE);
await store.schema.migrate();
const data = { code: 'x'.repeat(1000) };
const metadata = { leaf: { op: 'collection', clear: { instrument: 'EEV', purpose: 'criminal-proceedings' } } };

async function write(until) {
  const stream = `request-${randomUUID()}`;
  let version = 0n;
  while (performance.now() < until) {
    const expectedStreamVersion = version === 0n ? 'STREAM_DOES_NOT_EXIST' : version;
    const result = await store.appendToStream(stream, [{ type: 'request.drafted.v1', data, metadata }], { expectedStreamVersion });
    version = result.nextExpectedStreamVersion;
  }
  return Number(version);
}

await Promise.all(Array.from({ length: writers }, () => write(performance.now() + 500))); // connections and statements first
const started = performance.now();
const counts = await Promise.all(Array.from({ length: writers }, () => write(started + seconds * 1000)));
console.log(counts.reduce((sum, n) => sum + n, 0) / ((performance.now() - started) / 1000));
await store.close();
