import 'reflect-metadata';
import { pino } from 'pino';
import { createDataSource, Database, detectDialect } from '../../src/database';
import { emptySchema } from '../support/empty-schema';

const METADATA = 'SELECT `type`, `table`, `name`, `value` FROM typeorm_metadata ORDER BY `table`, `name`';
const WITHOUT_KEY = `SELECT t.TABLE_NAME AS name FROM information_schema.TABLES t
  LEFT JOIN information_schema.TABLE_CONSTRAINTS k ON k.TABLE_SCHEMA = t.TABLE_SCHEMA AND k.TABLE_NAME = t.TABLE_NAME
    AND k.CONSTRAINT_TYPE = 'PRIMARY KEY'
  WHERE t.TABLE_SCHEMA = DATABASE() AND k.CONSTRAINT_NAME IS NULL`;

/** Databases that earlier releases created: TypeORM's own table has no primary key, which Group Replication demands. */
test('an existing database gets the missing primary key, and keeps its rows', async () => {
  const url = await emptySchema();
  const source = createDataSource(url, await detectDialect(url), 2, { log: pino({ enabled: false }) });
  await source.initialize();
  const migrate = () => source.runMigrations({ transaction: 'each' });
  try {
    const db = Database.over(source);
    await migrate();
    const before = await db.rows(METADATA);
    expect(before.length).toBeGreaterThan(0);
    await db.rows('ALTER TABLE typeorm_metadata DROP PRIMARY KEY, DROP COLUMN id');
    expect(await db.rows(WITHOUT_KEY)).toEqual([{ name: 'typeorm_metadata' }]);
    for (let times = 0; times < 2; times += 1) {
      await migrate();
      expect(await db.rows(WITHOUT_KEY)).toEqual([]);
      expect(await db.rows(METADATA)).toEqual(before);
    }
    const [{ keyed }] = (await db.rows('SELECT COUNT(DISTINCT id) AS keyed FROM typeorm_metadata')) as [any];
    expect(keyed).toBe(before.length);
  } finally {
    await source.destroy();
  }
});

test('no foreign key changes rows of other tables, which several primaries of Group Replication refuse', async () => {
  const url = await emptySchema();
  const source = createDataSource(url, await detectDialect(url), 2, { log: pino({ enabled: false }) });
  await source.initialize();
  try {
    await source.runMigrations({ transaction: 'each' });
    const rules = await Database.over(source).rows(
      `SELECT DISTINCT UPDATE_RULE AS updates, DELETE_RULE AS deletes FROM information_schema.REFERENTIAL_CONSTRAINTS
       WHERE CONSTRAINT_SCHEMA = DATABASE()`,
    );
    expect(rules.length).toBeGreaterThan(0);
    for (const rule of rules) {
      expect(['NO ACTION', 'RESTRICT']).toEqual(expect.arrayContaining(Object.values(rule as object)));
    }
  } finally {
    await source.destroy();
  }
});
