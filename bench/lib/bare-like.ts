import { request } from 'node:http';
import type { Lab } from './lab';
import type { Contender } from './processes';

/** Request of a benchmark. A GET has no body. */
export interface Sent {
  path?: string;
  headers?: Record<string, string>;
  body: string;
}

/** Headers that every server of Node sends by itself. */
const AUTOMATIC = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding']);
/** Number of requests after which an answer is cached. */
const UNTIL_CACHED = 5;

/** Starts a bare server that sends the answer of `contender` to a request: the same status, headers and bytes. */
export async function bareLike(lab: Lab, contender: Contender, sent: Sent, name: string): Promise<Contender> {
  let answer = '';
  for (let time = 0; time < UNTIL_CACHED; time += 1) answer = await answerOf(contender, sent);
  return lab.contender(name, 'yardsticks/bare.js', { BENCH_ANSWER: answer });
}

function answerOf({ url }: Contender, { path = '/graphql', headers = {}, body }: Sent): Promise<string> {
  return new Promise((resolve, reject) => {
    const type = body && { 'content-type': 'application/json' };
    const options = { method: body ? 'POST' : 'GET', headers: { ...type, ...headers } };
    const outgoing = request(new URL(path, url), options, response => {
      const chunks: Buffer[] = [];
      response.on('data', chunk => chunks.push(chunk));
      response.on('end', () => {
        const { statusCode: status, rawHeaders } = response;
        const head = rawHeaders.filter((_, at) => !AUTOMATIC.has((rawHeaders[at & ~1] ?? '').toLowerCase()));
        resolve(JSON.stringify({ status, head, body: Buffer.concat(chunks).toString('base64') }));
      });
    });
    outgoing.on('error', reject).end(body);
  });
}
