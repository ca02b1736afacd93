import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDataSource, Database, serverKind } from '../../src/database';
import { EventLog, record } from '../../src/events';
import { serveParent } from './child';

/** Writers with transactions that are held open a while, and a reader of the log that measures from commit to hand. */
async function start() {
  const url = process.env.DATABASE_URL ?? '';
  const source = createDataSource(url, await serverKind(url), 16);
  await source.initialize();
  await source.runMigrations({ transaction: 'each' }).catch(() => sleep(3000));
  const db = Database.over(source);
  const log = new EventLog(db, error => console.error(error), 20);
  // A process that does not hold the lease, if there were one, would only write.
  if (process.env.NUMBERS === '1') await log.start();
  return { db, log };
}

const started = start();
serveParent(async ({ is, writers, seconds }) => {
  const { db, log } = await started;
  if (is === 'ready') return null;
  const committed = new Map<string, number>();
  const lagMs: number[] = [];
  log.onEvent(({ message }) => {
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
