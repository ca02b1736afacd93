import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

const { env } = process;

const gateway = (env.SKYBASKET_URL ?? 'http://localhost:4000').replace(/\/$/, '');

/** URL of the graph for queries and mutations. */
export const GRAPH = `${gateway}/graphql`;

/** URL of the graph for streams. */
export const STREAM = GRAPH.replace(/^http/, 'ws');

/** Folder of the sales orders of the ERP. */
export const SALES_ORDERS = env.ERP_FOLDER ?? 'examples/partner/erp';

/** Port of the receiver of webhooks. */
export const RECEIVER_PORT = Number(env.RECEIVER_PORT ?? 4100);

/** URL of the receiver for the gateway. In production it starts with https: put a proxy with TLS in front of the receiver. */
export const RECEIVER_URL = env.RECEIVER_URL ?? `http://127.0.0.1:${RECEIVER_PORT}/skybasket`;

/** Returns the path of a file of our own state. */
export function stateFile(...names: string[]): string {
  const folder = env.STATE_FOLDER ?? '.data/partner';
  mkdirSync(join(folder, ...names.slice(0, -1)), { recursive: true, mode: 0o700 });
  return join(folder, ...names);
}
