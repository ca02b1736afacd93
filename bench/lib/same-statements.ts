import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from '../../src/terminal';
import type { Lab } from './lab';
import type { Contender } from './processes';

/** Server whose statements are compared. */
export interface Asked {
  name: string;
  file: string;
}

/** Background statements of a gateway: polls, chores, numbering of events, preparation of connections. */
const BACKGROUND =
  /\b(sequencer|delivery_queues|webhooks|chores|cancellation_requests|subscription_changes|mail_position)\b|\bsubscriptions_by_(period_end|state_and_charged_until)\b|AS written\b|(FROM|UPDATE) `?events\b|^SET\b/;
/** Time for the work after a commit, in milliseconds. */
const QUIET_MS = 1000;
/** Connection and statement. */
type Sent = readonly [connection: number, statement: string];

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
  throw new OperatorError(
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
    return ofRequest(all.map(line => JSON.parse(line) as Sent));
  } finally {
    await contender.stop();
    rmSync(folder, { recursive: true });
  }
}

/** Removes background statements, and transactions with one or of which only a part was sent. */
function ofRequest(all: readonly Sent[]): string[] {
  const kept = new Set(all.filter(([, statement]) => !BACKGROUND.test(statement)));
  const open = new Map<number, Sent[]>();
  const remove = (transaction: readonly Sent[]) => {
    for (const each of transaction) kept.delete(each);
  };
  for (const sent of all) {
    const [connection, statement] = sent;
    if (statement === 'START TRANSACTION') open.set(connection, []);
    const transaction = open.get(connection) ?? [];
    transaction.push(sent);
    if (statement !== 'COMMIT') continue;
    const isWhole = open.delete(connection);
    if (!isWhole || !transaction.every(each => kept.has(each))) remove(transaction);
  }
  for (const transaction of open.values()) remove(transaction);
  return [...kept].map(([, statement]) => statement);
}

/** Normalizes a statement: removes spaces, quotes and the alias of the only table. */
const alike = (statement: string) => statement.replace(/`|\bt\b\.?|\s+/g, '');
