import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDataSource, Database, detectDialect } from '../../src/database';
import { DomainEvent } from '../../src/entities';
import { EventLog, record } from '../../src/events';
import { serveParent } from './child';

/** Writers with long transactions, and a reader of the log that measures the latency since the commit. */
async function start() {
  const url = process.env.DATABASE_URL ?? '';
  const source = createDataSource(url, await detectDialect(url), 16);
  await source.initialize();
  await source.runMigrations({ transaction: 'each' });
  const db = Database.over(source);
  return { db, onEvent: process.env.NUMBERS === '1' ? await numberAndRead(db) : readOnly(db) };
}

type Listen = (listener: (event: DomainEvent) => void) => void;

/** Numbers and reads events as the gateway does: every process numbers, directly after its commits. */
async function numberAndRead(db: Database): Promise<Listen> {
  const log = new EventLog(db, error => console.error(error));
  log.onPage(
    () => undefined,
    () => true,
  );
  await log.start();
  return listener => log.onEvent(listener);
}

/** Only reads events, as if another process held a lease for the numbering. */
function readOnly(db: Database): Listen {
  return async listener => {
    const [row] = await db.rows<{ last: number }>('SELECT last FROM sequencer WHERE id = 1');
    for (let last = row?.last ?? 0; ; await sleep(5)) {
      const page = await db.many(DomainEvent, 'WHERE t.seq > ? ORDER BY t.seq LIMIT 500', [last]);
      for (const event of page) listener(event);
      last = page.at(-1)?.seq ?? last;
    }
  };
}

const started = start();
serveParent(async ({ is, writers, seconds }) => {
  const { db, onEvent } = await started;
  if (is === 'ready') return null;
  const committed = new Map<string, number>();
  const lagMs: number[] = [];
  onEvent(({ message }) => {
    const when = committed.get(message);
    if (when !== undefined) lagMs.push(performance.now() - when);
  });
  const until = performance.now() + seconds * 1000;
  const write = async (writer: number) => {
    for (let turn = 0; performance.now() < until; turn += 1) {
      const message = `${process.pid} ${writer} ${turn}`;
      await db.transaction(async tx => {
        await tx.rows('SELECT 1');
        record(tx, { type: 'step.changed', message });
        await sleep(Math.random() * 20);
        tx.beforeCommit(async () => {
          committed.set(message, performance.now());
        });
      });
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, index) => write(index)));
  await sleep(500);
  return { commits: committed.size, lagMs };
});
