import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { desk, license, newAccount } from '../support/desk';
import { startGatewayProcess } from '../support/gateway-process';
import { startOutside } from '../support/outside';
import { fileOf } from './support/examples';
import { pages, ROOT } from './support/pages';

jest.setTimeout(120_000);

const blocks = pages.find(({ path }) => path === 'docs/providers.md')?.blocks ?? [];
const [file] = blocks.filter(fileOf);
const [registration] = blocks.filter(({ text }) => text.startsWith("['license-desk'"));

let checkout: string;
let licenses: Server;
/** Requests that changed licenses, in order. */
const changes: string[] = [];

beforeAll(async () => {
  checkout = mkdtempSync(join(tmpdir(), 'skybasket-provider-'));
  licenses = createServer((request, response) => {
    void read(request).then(body => {
      changes.push(`${request.method} ${request.url} ${body}`.trim());
      response.end(JSON.stringify({ addons: {} }));
    });
  }).listen(0, '127.0.0.1');
  await once(licenses, 'listening');
});
afterAll(() => {
  licenses.close();
  rmSync(checkout, { recursive: true, force: true });
});

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

/** Builds the gateway with the provider of the page, as its reader would. Returns the path of the program. */
function build(): string {
  for (const part of ['src', 'schema', 'package.json', 'tsconfig.json', 'tsconfig.build.json']) {
    cpSync(join(ROOT, part), join(checkout, part), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
  writeFileSync(join(checkout, String(file && fileOf(file))), file?.text ?? '');
  const index = join(checkout, 'src/provisioning/provider/index.ts');
  const url = `http://127.0.0.1:${(licenses.address() as AddressInfo).port}/`;
  const line = registration?.text.replace('https://desk.example/', url) ?? '';
  const registered = readFileSync(index, 'utf8').replace(/(const clients: .* = \[\n)/, `$1${line}`);
  writeFileSync(index, `import { createLicenseDesk } from './license-desk';\n${registered}`);
  const tsc = join(checkout, 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [tsc, '-p', join(checkout, 'tsconfig.build.json')], {
    encoding: 'utf8',
  });
  expect(stdout).toBe('');
  return join(checkout, 'dist/src/main.js');
}

test('the provider of the page provisions a subscription and ends it', async () => {
  const main = build();
  const outside = await startOutside();
  await outside.first.stop();
  await outside.rows(`UPDATE services SET provider = 'license-desk' WHERE code = 'cloud-backup'`);
  const gateway = await startGatewayProcess(outside.env, [], main);
  try {
    const manager = desk((query, variables) => gateway.send(outside.token, query, variables));
    const customer = await newAccount(outside.rows, 'Desk');
    const server = license('Backups', { 'CB-ARCHIVE-100GB': 2 }, 'CB-SERVER');
    const { subscriptionId: id } = await manager.order(customer.id, server);
    await outside.settled();
    expect(await stateOf(id)).toEqual([{ state: 'ACTIVE', externalId: id }]);
    // The service needs no decision.
    await manager.ask(id);
    await outside.settled();
    expect(await stateOf(id)).toEqual([{ state: 'CANCELLED', externalId: id }]);
    expect(changes).toEqual([
      `PUT /licenses/${id} {"productId":"CB-SERVER","quantity":1}`,
      `PATCH /licenses/${id} {"addons":{"CB-ARCHIVE-100GB":2}}`,
      `DELETE /licenses/${id}`,
    ]);
  } finally {
    await gateway.stop();
    await outside.stop();
  }

  function stateOf(id: string) {
    return outside.rows('SELECT state, externalId FROM subscriptions WHERE id = ?', [id]);
  }
});
