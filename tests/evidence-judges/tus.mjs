// Uploads a file with the public client tus-js-client, as it comes, and tells what happened.
//
//   node tus.mjs ENDPOINT TOKEN TRANSFER ITEM FILE [CHUNK] [RESUME-URL]
//
// Prints {"url", "status": [each answer's status], "error"}; a line that breaks is retried as the client does by itself, for a minute.
import { createRequire } from 'node:module';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(pathToFileURL(join(process.env.MLAT_EVIDENCE_JUDGES ?? import.meta.dirname, 'tus.mjs')));
const tus = require('tus-js-client');

const [endpoint, token, transfer, item, file, chunk, resume] = process.argv.slice(2);
const status = [];
const upload = new tus.Upload(createReadStream(file), {
  endpoint,
  uploadUrl: resume || null,
  metadata: { transfer, item },
  headers: { Authorization: `Bearer ${token}` },
  chunkSize: Number(chunk) || Infinity,
  retryDelays: Array(120).fill(500),
  onAfterResponse: (request, response) => status.push(`${request.getMethod()} ${response.getStatus()}`),
  onSuccess: () => tell(),
  onError: (error) => tell(error.message.split('\n')[0]),
});
upload.start();

function tell(error) {
  console.log(JSON.stringify({ url: upload.url, status, error }));
}
