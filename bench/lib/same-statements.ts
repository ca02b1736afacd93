import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Lab } from './lab';
import type { Contender } from './processes';

/** A server that is to be asked. */
export interface Asked {
  name: string;
  file: string;
}

/** What a gateway sends whether it is asked or not: it looks for work, numbers events, prepares a connection. */
const BACKGROUND =
  /\b(sequencer|delivery_queues|webhooks|chores|cancellation_requests)\b|(FROM|UPDATE) `?events\b|^SET\b/;
/** What follows a commit has been done by then. */
const QUIET_MS = 1000;
const CONTROL = /^(START TRANSACTION|COMMIT)$/;

/**
 * Throws unless both send the same statements, in the same order and the same transaction, for what `work` asks of each:
 * what is not the same work cannot be compared.
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

/** What a server sends for `work`, after a first time that fills what it keeps. */
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

/** Transactions that begin when the request's own has ended are not the request's. */
function ofRequest(all: readonly string[]): string[] {
  const commit = all.indexOf('COMMIT');
  return all.filter(
    (statement, index) => !BACKGROUND.test(statement) && (index <= commit || !CONTROL.test(statement)),
  );
}

/** A statement without what makes no difference: space, quotes, and the alias of the only table. */
const alike = (statement: string) => statement.replace(/`|\bt\b\.?|\s+/g, '');
