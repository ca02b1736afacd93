import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ids of events looked at in one statement, so that none holds its locks for long. */
const CHUNK = 50_000;

async function rename(runner: QueryRunner, from: string, to: string): Promise<void> {
  const [row] = (await runner.query('SELECT MAX(id) AS last FROM events')) as { last: string | null }[];
  const last = Number(row?.last ?? 0);
  for (let id = 0; id < last; id += CHUNK) {
    await runner.query('UPDATE events SET type = ? WHERE id > ? AND id <= ? AND type = ?', [
      to,
      id,
      id + CHUNK,
      from,
    ]);
  }
  await runner.query('UPDATE deliveries SET eventType = ? WHERE eventType = ?', [to, from]);
  await runner.query('UPDATE webhooks SET eventTypes = REPLACE(eventTypes, ?, ?) WHERE eventTypes LIKE ?', [
    JSON.stringify(from),
    JSON.stringify(to),
    `%${JSON.stringify(from)}%`,
  ]);
}

/**
 * A withdrawn cancellation is `subscription.kept`. It was called `subscription.resumed`, which means the end of a
 * suspension. Repeating it changes nothing more. The version before still writes the old name during a rolling upgrade;
 * `entities/event-type-transformers.ts` reads it.
 */
export class Kept1795700200000 implements MigrationInterface {
  name = 'Kept1795700200000';
  transaction = false;

  async up(runner: QueryRunner): Promise<void> {
    await rename(runner, 'subscription.resumed', 'subscription.kept');
  }

  async down(runner: QueryRunner): Promise<void> {
    await rename(runner, 'subscription.kept', 'subscription.resumed');
  }
}
