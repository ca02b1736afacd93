import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDatabase } from '../../../dev/local/database-server';
import { freePort } from '../../../dev/local/free-port';
import { newAccount } from '../../support/desk';
import { type FaultProxy, startFaultProxy } from '../../support/fault-proxy';
import { insist } from '../../support/insist';
import { startOutside } from '../../support/outside';
import { startOn, startWith } from '../../support/private-server';
import { type Reader, startReader } from '../../support/reader';
import { type Receiver, startReceiver } from '../../support/receiver';
import type { Rows } from '../../support/rows';
import { newSession } from '../../support/sign-in';
import { type Gateway, startGateway } from './process';

const CREATE_WEBHOOK =
  'mutation ($i: CreateWebhookInput!) { createWebhook(input: $i) { webhook { id } errors { message } } }';

/** A gateway with its database and its provider behind proxies, and what its clients hold. */
export interface Lab {
  url: string;
  gateway: Gateway;
  database: FaultProxy;
  provider: FaultProxy;
  /** Plain rows, past the proxy, as a user who may do everything. */
  rows: Rows;
  /** Address of the server, past the proxy, as that user. */
  serverUrl: string;
  ledger: Awaited<ReturnType<typeof startOutside>>['provider']['ledger'];
  /** Token of the account manager. */
  token: string;
  /** The account whose events the receiver is sent. */
  resellerId: string;
  reader: Reader;
  receiver: Receiver;
  /** Starts one more gateway at the same database and provider. */
  another(env: Record<string, string>): Promise<Gateway>;
  settled: Awaited<ReturnType<typeof startOutside>>['settled'];
  stop(): Promise<void>;
}

/** Where a lab differs: settings of the gateway, the file of its log, the folder of the database's data. */
export interface LabOptions {
  env?: Record<string, string>;
  log?: string;
  dataDir?: string;
  /** A command that runs the gateway. */
  through?: readonly string[];
}

/** The user that gateways connect as: docs/grants.sql gives it no right over the server. */
async function gatewayUser(rows: Rows, url: string): Promise<string> {
  const user = new URL(url);
  [user.username, user.password] = ['gateway', 'of-the-tests'];
  await rows(`CREATE USER gateway@'127.0.0.1' IDENTIFIED BY 'of-the-tests'`);
  await rows(`GRANT ALL PRIVILEGES ON \`${user.pathname.slice(1)}\`.* TO gateway@'127.0.0.1'`);
  return user.toString();
}

/** A server whose data is in `dataDir`, with a user who may do everything, as that of a throwaway one. */
async function serverOn(dataDir: string, folder: string) {
  const first = await startOn(dataDir);
  await first.stop();
  const url = new URL(first.url);
  const grants = join(folder, 'grants.sql');
  writeFileSync(grants, `GRANT ALL PRIVILEGES ON *.* TO '${url.username}'@'127.0.0.1' WITH GRANT OPTION;`);
  const { port, stop } = await startWith(dataDir, join(folder, 'socket'), [`--init-file=${grants}`]);
  url.port = String(port);
  return { url: url.toString(), stop };
}

/** Starts all of it. */
export async function startLab({ env = {}, log, dataDir, through = [] }: LabOptions = {}): Promise<Lab> {
  const folder = mkdtempSync(join(tmpdir(), 'skybasket-chaos-'));
  const mariadb = dataDir
    ? await serverOn(dataDir, folder)
    : await startDatabase({ throwaway: true, log: () => undefined });
  const outside = await startOutside(mariadb.url);
  await outside.first.stop();
  const { rows } = outside;
  const database = await startFaultProxy(await gatewayUser(rows, outside.databaseUrl));
  const provider = await startFaultProxy(outside.provider.url);
  const receiver = await startReceiver();
  const settings = { ...outside.env, DATABASE_URL: database.url, PROVIDER_URL: provider.url, ...env };
  const gateway = await startGateway(settings, await freePort(), log ?? join(folder, 'log'), through);
  const others: Gateway[] = [];
  const { url } = gateway;
  const reseller = await newAccount(rows, 'Chaos', null, 'RESELLER');
  const admin = await newSession(
    { send: (_, query, variables) => insist(url, '', query, variables) },
    'admin@bss.example',
  );
  const webhook = { i: { url: receiver.url, accountId: reseller.id } };
  const { createWebhook } = await insist(url, admin, CREATE_WEBHOOK, webhook);
  if (createWebhook.errors.length > 0) throw new Error(JSON.stringify(createWebhook.errors));
  const reader = await startReader(url, admin);
  return {
    url,
    gateway,
    database,
    provider,
    rows,
    serverUrl: mariadb.url,
    ledger: outside.provider.ledger,
    token: outside.token,
    resellerId: reseller.id,
    reader,
    receiver,
    async another(own) {
      const other = await startGateway(
        { ...settings, ...own },
        await freePort(),
        join(folder, 'log-of-another'),
      );
      others.push(other);
      return other;
    },
    settled: outside.settled,
    async stop() {
      await reader.stop();
      for (const { child, end } of [gateway, ...others]) if (child.exitCode === null) await end('SIGKILL');
      await receiver.stop();
      await Promise.all([database.stop(), provider.stop()]);
      await outside.stop();
      await mariadb.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
