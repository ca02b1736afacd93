import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveWeb } from '../../src/transport/web';
import { until } from '../support/until';

const SCRIPT = 'console.log(1);'.repeat(100);
const PAGES = ['home', 'schema', 'console', 'accept-invitation', 'reset-password'];

let folder: string;
let server: Server;
let url: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'skybasket-web-'));
  mkdirSync(join(folder, 'assets'));
  for (const page of PAGES) writeFileSync(join(folder, `${page}.html`), page);
  for (const name of ['kept', 'removed']) writeFileSync(join(folder, 'assets', `${name}.js`), SCRIPT);
  writeFileSync(join(folder, 'assets', 'large.js'), Buffer.alloc(20_000_000));
  const serve = serveWeb({ playground: false, signIns: [] }, folder);
  server = createServer((request, response) => serve(request, response, request.url as string));
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

test.each(['bytes=10-2', 'bytes=-5', 'bytes=a-b', 'bytes=9999999-', 'nothing'])(
  'an asset is sent whole for the range %s',
  async range => {
    const response = await fetch(`${url}/assets/kept.js`, { headers: { range } });
    expect([response.status, await response.text()]).toEqual([200, SCRIPT]);
  },
);

test('an asset that a deployment has removed ends its response, and others are served on', async () => {
  rmSync(join(folder, 'assets', 'removed.js'));
  await expect(fetch(`${url}/assets/removed.js`).then(response => response.text())).rejects.toThrow();
  expect(await (await fetch(`${url}/assets/kept.js`)).text()).toBe(SCRIPT);
});

/** Files of the folder that this process has open. */
const openFiles = () =>
  readdirSync('/proc/self/fd').filter(fd => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`).startsWith(folder);
    } catch {
      return false;
    }
  });

test('a client that leaves midway leaves no open file behind', async () => {
  const leaves = () =>
    new Promise<void>(done => {
      get(`${url}/assets/large.js`, answer => {
        answer.once('data', () => {
          answer.destroy();
          done();
        });
        answer.on('error', () => undefined);
      });
    });
  await Promise.all(Array.from({ length: 10 }, leaves));
  await until(() => openFiles().length === 0);
});

test('an asset that never existed is answered with 404', async () => {
  expect((await fetch(`${url}/assets/other.js`)).status).toBe(404);
});
