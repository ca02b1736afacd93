import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lab } from './lab';
import type { Contender } from './processes';

/** Server whose statements are compared. */
export interface Asked {
  name: string;
  file: string;
}

/** Background statements of a gateway: polls, numbering of events, preparation of connections. */
const BACKGROUND =
  /\b(sequencer|delivery_queues|webhooks|chores|cancellation_requests|subscription_changes)\b|(FROM|UPDATE) `?events\b|^SET\b/;
/** Time for the work after a commit, in milliseconds. */
const QUIET_MS = 1000;
const CONTROL = /^(START TRANSACTION|COMMIT)$/;

/**
 * Throws unless both servers send the same statements for `work`, in the same order and transaction. Otherwise the
 * comparison would be invalid.
 */
export async function sameStatements(
  lab: Lab,
  [one, other]: readonly [Asked, Asked],
  work: (contender: Contender) => Promise<unknown>,
): Promise<void> {
  const sent = await statements(lab, one, work);
  const others = await statements(lab, other, work);
  const at = sent.findIndex((statement, index) => alike(statement) !== alike(others[index] ?? ''));
  if (at < 0 && sent.length === others.length) return;
  throw new Error(
    `${one.name} and ${other.name} differ:\n${sent.at(at) ?? 'nothing'}\n${others.at(at) ?? 'nothing'}`,
  );
}

/** Returns the statements that a server sends for `work`, after a first run that fills its caches. */
async function statements(lab: Lab, { name, file }: Asked, work: (contender: Contender) => Promise<unknown>) {
  const folder = mkdtempSync(join(tmpdir(), 'skybasket-statements-'));
  const told = join(folder, 'statements');
  const contender = await lab.contender(name, file, {
    BENCH_STATEMENTS: told,
    NODE_OPTIONS: `--require ${join(__dirname, 'tell-statements.js')}`,
  });
  try {
    await work(contender);
    await sleep(QUIET_MS);
    writeFileSync(told, '');
    await work(contender);
    const all = readFileSync(told, 'utf8').trim().split('\n');
    return ofRequest(all.map(line => JSON.parse(line) as string));
  } finally {
    await contender.stop();
    rmSync(folder, { recursive: true });
  }
}

/** Removes background statements, and transactions that begin after the transaction of the request. */
function ofRequest(all: readonly string[]): string[] {
  const commit = all.indexOf('COMMIT');
  return all.filter(
    (statement, index) => !BACKGROUND.test(statement) && (index <= commit || !CONTROL.test(statement)),
  );
}

/** Normalizes a statement: removes spaces, quotes and the alias of the only table. */
const alike = (statement: string) => statement.replace(/`|\bt\b\.?|\s+/g, '');
