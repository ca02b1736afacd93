import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { desk, lastOperation, license, newAccount } from '../support/desk';
import { startGatewayProcess } from '../support/gateway-process';
import { startOutside } from '../support/outside';
import { ROOT } from '../support/root';
import { fileOf } from './support/examples';
import { type Block, pages } from './support/pages';

jest.setTimeout(120_000);

const blocks = pages
  .filter(({ path }) => ['docs/providers.md', 'docs/provisioning.md'].includes(path))
  .flatMap(page => page.blocks);
const files = blocks.filter(block => block.language === 'ts' && fileOf(block));
const changes = blocks.filter(({ language }) => language === 'diff');
const [registration] = blocks.filter(({ text }) => text.startsWith("['license-desk'"));

let checkout: string;
let licenses: Server;
/** Requests about licenses, in order. */
const requests: string[] = [];

beforeAll(async () => {
  checkout = mkdtempSync(join(tmpdir(), 'skybasket-extending-'));
  licenses = createServer((request, response) => {
    void read(request).then(body => {
      requests.push(`${request.method} ${request.url} ${body}`.trim());
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

/** Adds the lines of a diff below their context, which occurs in the file once. `@@` separates the hunks. */
function applyDiff(block: Block): void {
  const path = join(checkout, String(fileOf(block)));
  let source = readFileSync(path, 'utf8');
  for (const hunk of block.text.split('@@\n')) {
    const lines = hunk.trimEnd().split('\n');
    const context = lines.filter(line => line.startsWith(' ')).map(line => line.slice(1));
    const parts = source.split(`${context.join('\n')}\n`);
    expect([block.at, parts.length]).toEqual([block.at, 2]);
    source = parts.join(`${lines.map(line => line.slice(1)).join('\n')}\n`);
  }
  writeFileSync(path, source);
}

/** Builds the gateway with the provider and the step of the pages, as their reader would. Returns the path of the program. */
function build(): string {
  for (const part of ['src', 'schema', 'package.json', 'tsconfig.json', 'tsconfig.build.json']) {
    cpSync(join(ROOT, part), join(checkout, part), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
  for (const file of files) writeFileSync(join(checkout, String(fileOf(file))), file.text);
  changes.forEach(applyDiff);
  const index = join(checkout, 'src/providers/create-providers.ts');
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

test('the provider of the page provisions a subscription, which the step of the page verifies, and ends it', async () => {
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
    const { steps } = await lastOperation(outside.rows, id);
    expect(steps.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'CREATE_SUBSCRIPTION SUCCEEDED',
      'SYNCHRONIZE_RESELLER SKIPPED',
      'IMPORT_CUSTOMER SKIPPED',
      'ASSIGN_LICENSE SUCCEEDED',
      'VERIFY_LICENSE SUCCEEDED',
      'ASSIGN_ADDONS SUCCEEDED',
      'ACTIVATE_SERVICE SUCCEEDED',
    ]);
    // The service needs no decision.
    await manager.cancel(id);
    await outside.settled();
    expect(await stateOf(id)).toEqual([{ state: 'CANCELLED', externalId: id }]);
    expect(requests).toEqual([
      `PUT /licenses/${id} {"productId":"CB-SERVER","quantity":1}`,
      `GET /licenses/${id}`,
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
