import 'reflect-metadata';
import { typeid } from 'typeid-js';
import type { DataSource } from 'typeorm';
import {
  createDataSource,
  Database,
  DatabaseUnavailable,
  isLockTimeout,
  type Transaction,
} from '../../src/database';
import { detectDialect } from '../../src/database/data-source';
import type { Session } from '../../src/database/session';
import {
  CancellationRequest,
  CancellationTiming,
  CloudSubscription,
  Order,
  OrderState,
  ProvisioningOperation,
} from '../../src/entities';
import {
  canMove,
  type Machine,
  operationMachine,
  orderMachine,
  requestMachine,
  subscriptionMachine,
} from '../../src/policies';
import { transition, tryTransition } from '../../src/store';
import { run } from '../support/private-server';

const server = process.env.TEST_DATABASE_URL ?? '';
const name = `test_database_w${process.env.JEST_WORKER_ID}`;
/** So few that a connection that is not given back is missed at once. */
const POOL = 2;

let source: DataSource;
let db: Database;

beforeAll(async () => {
  await run(server, `DROP DATABASE IF EXISTS ${name}`);
  await run(server, `CREATE DATABASE ${name} CHARACTER SET utf8mb4`);
  const url = new URL(`/${name}`, server).toString();
  source = createDataSource(url, await detectDialect(url), POOL);
  await source.initialize();
  await source.runMigrations({ transaction: 'each' });
  db = Database.over(source);
  await db.execute('CREATE TABLE counters (id int PRIMARY KEY, value int NOT NULL) ENGINE=InnoDB');
});
afterAll(async () => {
  await source.destroy();
  await run(server, `DROP DATABASE ${name}`);
});
beforeEach(async () => {
  await db.execute('DELETE FROM counters');
  await db.execute('INSERT INTO counters VALUES (1, 0), (2, 0)');
});

const values = async () =>
  (await db.rows<{ value: number }>('SELECT value FROM counters ORDER BY id')).map(row => row.value);
const increase = (tx: Transaction, id: number) =>
  tx.execute('UPDATE counters SET value = value + 1 WHERE id = ?', [id]);

/** Whether a transaction is open: its characteristics cannot be set then (1568). MySQL has no variable for it. */
const isInTransaction = (session: Session) =>
  session.execute('SET TRANSACTION ISOLATION LEVEL READ COMMITTED').then(
    () => false,
    (error: { errno: number }) => {
      expect(error.errno).toBe(1568);
      return true;
    },
  );

/** Every connection of the pool, at once: each must be outside a transaction and as it was set up. */
async function connections() {
  const [one, other] = [gate(), gate()];
  const look = (mine: Gate, theirs: Gate) =>
    db.transaction(async tx => {
      mine.open();
      await theirs.opened;
      const [row] = await tx.rows<{ id: number; zone: string }>(
        'SELECT CONNECTION_ID() AS id, @@time_zone AS zone',
      );
      // MariaDB and MySQL name it differently.
      const [isolation] = await tx.rows<{ Value: string }>(
        `SHOW VARIABLES WHERE Variable_name RLIKE '^(tx|transaction)_isolation$'`,
      );
      return row && { ...row, isolation: isolation?.Value };
    });
  return Promise.all([look(one, other), look(other, one)]);
}

interface Gate {
  open: () => void;
  opened: Promise<void>;
}

function gate(): Gate {
  let open: () => void = () => undefined;
  const opened = new Promise<void>(resolve => {
    open = resolve;
  });
  return { open, opened };
}

/** Two units that each hold what the other wants next: the server ends one of them. */
async function deadlock(): Promise<{ attempts: number[]; seen: boolean[][] }> {
  const [first, second] = [gate(), gate()];
  const attempts = [0, 0];
  const seen: boolean[][] = [[], []];
  const unit = (index: number, mine: number, theirs: number, held: Gate, wanted: Gate) =>
    db.transaction(async tx => {
      attempts[index] = (attempts[index] ?? 0) + 1;
      seen[index]?.push(await isInTransaction(tx));
      await increase(tx, mine);
      held.open();
      await wanted.opened;
      await increase(tx, theirs);
      return index;
    });
  expect(await Promise.all([unit(0, 1, 2, first, second), unit(1, 2, 1, second, first)])).toEqual([0, 1]);
  return { attempts, seen };
}

describe('a unit of work', () => {
  test('restarts as a whole after a deadlock, without lost or duplicate writes', async () => {
    const before = db.restarts;
    for (let round = 1; round <= 10; round += 1) {
      const { attempts, seen } = await deadlock();
      expect(db.restarts).toBe(before + round);
      expect([...attempts].sort()).toEqual([1, 2]);
      expect(seen.flat()).toEqual([true, true, true]);
      expect(await values()).toEqual([2 * round, 2 * round]);
    }
  });

  test('gives up after eight restarts, and says why', async () => {
    let attempts = 0;
    const failing = db.transaction(async tx => {
      attempts += 1;
      await increase(tx, 1);
      throw Object.assign(new Error('Deadlock found'), { errno: 1213 });
    });
    const refused = await failing.catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(DatabaseUnavailable);
    expect(refused).toMatchObject({ cause: { message: 'Deadlock found' } });
    expect(attempts).toBe(9);
    expect(await values()).toEqual([0, 0]);
  });

  test('that throws is rolled back once, and its error is rethrown', async () => {
    const error = new Error('no');
    let attempts = 0;
    const failing = db.transaction(async tx => {
      attempts += 1;
      await increase(tx, 1);
      throw error;
    });
    await expect(failing).rejects.toBe(error);
    expect(attempts).toBe(1);
    expect(await values()).toEqual([0, 0]);
  });

  test('that fails at its last write is rolled back too', async () => {
    const failing = db.transaction(async tx => {
      await increase(tx, 1);
      tx.beforeCommit(() => increase(tx, 99).then(() => Promise.reject(new Error('late'))));
    });
    await expect(failing).rejects.toThrow('late');
    expect(await values()).toEqual([0, 0]);
  });

  test('leaves its connection clean, however it ends', async () => {
    const clean = { isolation: 'READ-COMMITTED', zone: '+00:00' };
    await db.transaction(tx => increase(tx, 1));
    await expect(db.transaction(tx => tx.rows('SELECT nothing FROM nowhere'))).rejects.toThrow('nowhere');
    await expect(db.transaction(tx => tx.execute('INSERT INTO counters VALUES (1, 0)'))).rejects.toThrow(
      'Duplicate',
    );
    await deadlock();
    // As many at once as the pool has connections: none is missing, none is shared.
    const looks = await connections();
    expect(looks).toMatchObject([clean, clean]);
    expect(new Set(looks.map(look => look?.id)).size).toBe(POOL);
    for (let n = 0; n < 2 * POOL; n += 1) {
      expect(await isInTransaction(db)).toBe(false);
    }
    const open = await db.rows(
      `SELECT trx_id FROM information_schema.innodb_trx WHERE trx_mysql_thread_id IN (?, ?)`,
      looks.map(look => look?.id ?? 0),
    );
    expect(open).toEqual([]);
  });

  test('continues on a new connection when the server closed the old one', async () => {
    let attempts = 0;
    const id = await db.transaction(async tx => {
      attempts += 1;
      const [row] = await tx.rows<{ id: number }>('SELECT CONNECTION_ID() AS id');
      await increase(tx, 1);
      if (attempts === 1) await run(server, `KILL ${row?.id}`);
      await increase(tx, 2);
      return row?.id;
    });
    expect(attempts).toBe(2);
    expect(await values()).toEqual([1, 1]);
    expect((await connections()).map(look => look?.id)).toContain(id);
  });

  test('announces its changed tables after the commit, and none after a rollback', async () => {
    const heard: number[][] = [];
    const hearing: Promise<void>[] = [];
    db.onCommit('catalog', () => hearing.push(values().then(now => void heard.push(now))));
    await db.transaction(async tx => {
      tx.touched.add('catalog');
      await increase(tx, 1);
    });
    const failing = db.transaction(async tx => {
      tx.touched.add('catalog');
      await increase(tx, 1);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await Promise.all(hearing);
    expect(heard).toEqual([[1, 0]]);
  });
});

test('a row locked under NOWAIT fails at once, without a restart', async () => {
  const held = gate();
  const looked = gate();
  const holding = db.transaction(async tx => {
    await increase(tx, 1);
    held.open();
    await looked.opened;
  });
  await held.opened;
  let attempts = 0;
  const looking = db.transaction(tx => {
    attempts += 1;
    return tx.rows('SELECT id FROM counters WHERE id = 1 FOR UPDATE NOWAIT');
  });
  const refused = await looking.catch((error: unknown) => error);
  looked.open();
  await holding;
  expect([isLockTimeout(refused), refused instanceof DatabaseUnavailable, attempts]).toEqual([
    true,
    false,
    1,
  ]);
});

test('a request is charged for exactly the statements that it sends', async () => {
  const [mine, other] = [db.metered(), db.metered()];
  await mine.rows('SELECT 1');
  await mine.execute('UPDATE counters SET value = 0');
  await mine.count(Order, '');
  expect([mine.meter.statements, other.meter.statements]).toEqual([3, 0]);
  // BEGIN, two statements, COMMIT.
  await mine.transaction(async tx => {
    await increase(tx, 1);
    await increase(tx, 2);
  });
  expect([mine.meter.statements, other.meter.statements]).toEqual([7, 0]);
  // BEGIN, one statement, ROLLBACK.
  await expect(other.transaction(tx => tx.rows('SELECT nothing FROM nowhere'))).rejects.toThrow('nowhere');
  expect([mine.meter.statements, other.meter.statements]).toEqual([7, 3]);
  await mine.insert(Order, []);
  expect(mine.meter.statements).toBe(7);
});

describe('a state', () => {
  const common = { version: 1, accountId: 'acc_1', currency: 'EUR', createdAt: new Date(0) };
  const order = {
    ...common,
    source: 'BSS',
    recipientId: 'acc_1',
    placedById: 'usr_1',
    billing: {},
    totalMinor: 0,
    placedAt: new Date(0),
  };
  const subscription = {
    ...common,
    friendlyName: 'x',
    syncState: 'SYNCED',
    serviceId: 'svc_1',
    productId: 'prod_1',
    exclusive: false,
    billingCycle: 'MONTHLY',
    quantity: 1,
    recurringMinor: 0,
    capacityBytes: 0,
    orderId: 'ord_1',
  };
  const operation = {
    ...common,
    kind: 'PROVISION',
    requestedById: 'usr_1',
    provider: 'x',
    addons: [],
    trackId: 'trk_1',
    position: 0,
    token: 0,
    claims: 0,
  };
  const request = {
    ...common,
    timing: CancellationTiming.IMMEDIATE,
    requestedById: 'usr_1',
    requestedAt: new Date(0),
  };

  test.each([
    ['an order', Order, orderMachine, () => order],
    ['a subscription', CloudSubscription, subscriptionMachine, () => subscription],
    [
      'an operation',
      ProvisioningOperation,
      operationMachine,
      () => ({ ...operation, subscriptionId: typeid('sub').toString() }),
    ],
    [
      'a cancellation request',
      CancellationRequest,
      requestMachine,
      () => ({ ...request, subscriptionId: typeid('sub').toString() }),
    ],
  ] as const)('of %s is written only where its machine allows it', async (_, entity, table, row) => {
    const machine = table as Machine<string>;
    const states = Object.keys(machine);
    const versioned = (entity as unknown) !== ProvisioningOperation;
    const versions = (moved: boolean) => (versioned ? { version: moved ? 2 : 1 } : {});
    const move = async (tx: Transaction, from: string, to: string) => {
      const id = typeid('x').toString();
      await tx.insert(entity as typeof Order, [{ ...(row() as object), id, state: from } as never]);
      const moved = await tryTransition(tx, entity as typeof Order, id, { state: to as OrderState });
      const [now] = await tx.many(entity as typeof Order, 'WHERE t.id = ?', [id]);
      return { from, to, moved, now: now?.state, version: now?.version };
    };
    const undone = db.transaction(async tx => {
      await tx.execute('SET FOREIGN_KEY_CHECKS = 0');
      for (const from of states) {
        for (const to of states) {
          const moved = canMove(machine, from, to);
          const now = moved ? to : from;
          expect(await move(tx, from, to)).toMatchObject({ from, to, moved, now, ...versions(moved) });
        }
      }
      await tx.execute('SET FOREIGN_KEY_CHECKS = 1');
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
  });

  test('of a missing row is not written', async () => {
    const cancelled = { state: OrderState.CANCELLED };
    expect(await db.transaction(tx => tryTransition(tx, Order, 'ord_none', cancelled))).toBe(false);
    const moving = db.transaction(tx => transition(tx, Order, 'ord_none', cancelled));
    await expect(moving).rejects.toThrow('Order ord_none cannot move to CANCELLED');
  });
});

describe('the migrations', () => {
  const tables = async () =>
    (
      await db.rows<{ name: string }>(
        'SELECT TABLE_NAME AS name FROM information_schema.tables WHERE TABLE_SCHEMA = DATABASE()',
      )
    )
      .map(row => row.name)
      .sort();

  test('create the schema of the entities: TypeORM finds no difference', async () => {
    await db.execute('DROP TABLE counters');
    const log = await source.driver.createSchemaBuilder().log();
    await db.execute('CREATE TABLE counters (id int PRIMARY KEY, value int NOT NULL) ENGINE=InnoDB');
    expect(log.upQueries.map(({ query }) => query)).toEqual([]);
    expect(log.downQueries.map(({ query }) => query)).toEqual([]);
  });

  test('revert to an empty schema, and reapply to the same one', async () => {
    const before = await tables();
    for (const _ of source.migrations) await source.undoLastMigration({ transaction: 'each' });
    expect(await tables()).toEqual([
      'counters',
      'migration_lock',
      'migration_statements',
      'migrations',
      'typeorm_metadata',
    ]);
    expect(await db.rows('SELECT * FROM migrations')).toEqual([]);
    await source.runMigrations({ transaction: 'each' });
    expect(await tables()).toEqual(before);
    const log = await source.driver.createSchemaBuilder().log();
    expect(log.upQueries.map(({ query }) => query)).toEqual([]);
    expect(await db.rows('SELECT id, last FROM sequencer')).toEqual([{ id: 1, last: 0 }]);
    expect(await db.rows('SELECT id, version FROM catalog_version')).toEqual([{ id: 1, version: 0 }]);
  });
});
