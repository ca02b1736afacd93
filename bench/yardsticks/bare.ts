import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { announce } from '../lib/processes';

/** Limit of the machine: reads a request and sends prepared bytes. */
const answer = Buffer.from(process.env.BENCH_ANSWER ?? '');
const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': answer.length };

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', () => {
    JSON.parse(Buffer.concat(chunks).toString());
    response.writeHead(200, headers);
    response.end(answer);
  });
});
server.listen(0, '127.0.0.1', () => announce(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
