import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { announce } from '../lib/processes';

/** Limit of the machine: reads and parses a request, and sends prepared bytes under prepared headers. */
const { status, head, body } = JSON.parse(process.env.BENCH_ANSWER ?? '') as {
  status: number;
  /** Names and values in turn. */
  head: string[];
  /** In base64. */
  body: string;
};
const answer = Buffer.from(body, 'base64');

const server = createServer((request, response) => {
  const send = () => {
    response.writeHead(status, head);
    response.end(answer.length > 0 ? answer : undefined);
  };
  if (request.method === 'GET') return send();
  const chunks: Buffer[] = [];
  request.on('data', chunk => chunks.push(chunk));
  request.on('end', () => {
    JSON.parse(Buffer.concat(chunks).toString());
    send();
  });
});
server.listen(0, '127.0.0.1', () => announce(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
