import { EntityManager, type FindManyOptions, In, IsNull, LessThanOrEqual, MoreThan, Not } from 'typeorm';
import { fillCustomers, fillHistory } from '../../bench/lib/fill';
import type { Transaction } from '../../src/database';
import { Session } from '../../src/database/session';
import { Account, Order, OrderState } from '../../src/entities';
import { startTestGateway, type TestGateway } from '../support/gateway';

type Row = Record<string, any>;
type Target = new () => Row;

/** TypeORM's own methods, without the short path. */
const theirs = EntityManager.prototype as any;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
  await fillCustomers((sql, values) => gateway.app.deps.db.execute(sql, values ?? []), 20);
  await fillHistory(sql => gateway.rows(sql), 60, 20);
}, 60_000);
afterAll(() => gateway.stop());

const tables = () =>
  gateway.app.deps.db.manager.dataSource.entityMetadatas.map(metadata => ({
    ...metadata,
    target: metadata.target as Target,
    ids: metadata.primaryColumns.map(({ propertyName }) => propertyName),
    generated: metadata.columns.filter(({ isInsert }) => !isInsert).map(({ propertyName }) => propertyName),
    columns: metadata.columns,
    tableName: metadata.tableName,
  }));

/** Conditions on a column that has `values`. */
function* questions(column: string, values: unknown[], id: string): Generator<FindManyOptions<Row>> {
  const [first, second, third] = [...new Set(values.filter(value => value !== null))];
  const order = { [id]: 'ASC' } as const;
  yield { where: { [column]: IsNull() }, order };
  yield { where: { [column]: Not(IsNull()) }, order, take: 3 };
  yield { where: { [column]: In([]) } };
  if (first === undefined) return;
  yield { where: { [column]: first }, order };
  yield { where: [{ [column]: first }, { [column]: second ?? first }], order: { [id]: 'DESC' } };
  yield { where: { [column]: In([first, second ?? first, third ?? first]) }, order };
  yield { where: { [column]: Not(first), [id]: Not('x') }, order };
  yield { where: { [column]: Not(In([first])) }, order };
  yield { where: { [column]: MoreThan(first) }, order };
  yield { where: { [column]: LessThanOrEqual(first) }, order, take: 2 };
}

test('finds and counts return the same as TypeORM, for every column of every table', async () => {
  const { manager } = gateway.app.deps.db;
  let asked = 0;
  for (const { target, columns, ids } of tables()) {
    const rows = await manager.find(target, { take: 20 });
    for (const { propertyName, type, isSelect } of columns) {
      if (type === 'json' || !isSelect) continue;
      const values = rows.map(row => row[propertyName]);
      const asking = [...questions(propertyName, values, ids[0] ?? 'id')].map(async question => {
        const where = question.where ?? {};
        expect(await manager.find(target, question)).toStrictEqual(
          await theirs.find.call(manager, target, question),
        );
        expect(await manager.countBy(target, where)).toBe(await theirs.countBy.call(manager, target, where));
      });
      await Promise.all(asking);
      asked += asking.length;
    }
  }
  expect(asked).toBeGreaterThan(1000);
}, 120_000);

/** Thrown so that nothing of a transaction is kept. */
class Undone extends Error {}

/** Calls `act` in a transaction without foreign keys of which nothing is kept. */
async function undone(act: (tx: Transaction) => Promise<void>): Promise<void> {
  const work = gateway.app.deps.db.transaction(async tx => {
    await tx.execute('SET FOREIGN_KEY_CHECKS = 0');
    try {
      await act(tx);
    } finally {
      await tx.execute('SET FOREIGN_KEY_CHECKS = 1');
    }
    throw new Undone();
  });
  await expect(work).rejects.toThrow(Undone);
}

const keyOf = (row: Row, ids: string[]) => Object.fromEntries(ids.map(name => [name, row[name]]));

type Table = ReturnType<typeof tables>[number];

/** A value of a column, by its type. */
function sampleOf({ type, length }: Table['columns'][number], n: number): unknown {
  if (type === 'json') return [n];
  if (type === 'boolean') return n === 1;
  if (type === 'datetime') return new Date(n * 1000);
  return String(type).includes('int') ? n : `${n}`.padStart(Math.min(Number(length) || 8, 8), 'x');
}

/** The result of `act` in a transaction without foreign keys of which nothing is kept. An empty table has two rows then. */
async function resultOf<T>(
  table: Table,
  act: (tx: Transaction, rows: Row[]) => Promise<T>,
): Promise<T | undefined> {
  const made = (n: number) =>
    Object.fromEntries(
      table.columns
        .filter(({ isInsert }) => isInsert)
        .map(column => [column.propertyName, sampleOf(column, n)]),
    );
  let result: T | undefined;
  await undone(async tx => {
    const rows = await tx.manager.find(table.target, { take: 3 });
    if (rows.length === 0) await tx.manager.insert(table.target, [made(1), made(2)]);
    result = await act(tx, rows.length > 0 ? rows : await tx.manager.find(table.target));
  });
  return result;
}

/** All rows of a table as the driver gives them, but for the numbers that the server counts up. */
async function raw(tx: Transaction, { tableName, columns }: Table): Promise<Row[]> {
  const counted = columns.filter(({ isInsert, asExpression }) => !isInsert && !asExpression);
  const rows = await tx.rows<Row>(`SELECT * FROM \`${tableName}\``);
  for (const row of rows) for (const { propertyName } of counted) delete row[propertyName];
  return rows;
}

test('inserts and deletes write what TypeORM writes, for every table', async () => {
  for (const table of tables()) {
    const { target, ids, generated } = table;
    const outcome = (methods?: Record<'insert' | 'delete', any>) =>
      resultOf(table, async (tx, rows) => {
        const { insert, delete: remove } = methods ?? (tx.manager as any);
        const before = await raw(tx, table);
        const deleted: unknown[] = [];
        for (const row of rows) {
          const { affected } = await remove.call(tx.manager, target, keyOf(row, ids));
          deleted.push(affected, await raw(tx, table));
        }
        const fresh = rows.map(row =>
          Object.fromEntries(Object.entries(row).filter(([name]) => !generated.includes(name))),
        );
        await insert.call(tx.manager, target, fresh);
        const restored = await raw(tx, table);
        expect(deleted).toHaveLength(2 * rows.length);
        expect(restored).toHaveLength(before.length);
        return [deleted, restored];
      });
    expect(await outcome()).toEqual(await outcome(theirs));
  }
}, 60_000);

test('updates write what TypeORM writes, for every column of every table', async () => {
  let written = 0;
  for (const table of tables()) {
    const { target, ids, columns } = table;
    for (const { propertyName, isUpdate, isNullable, isPrimary } of columns) {
      if (!isUpdate || isPrimary) continue;
      const values = [
        (second: Row) => second[propertyName],
        ...(isNullable ? [() => null] : []),
        () => () => `\`${propertyName}\``,
      ];
      for (const value of values) {
        const outcome = (method?: any) =>
          resultOf(table, async (tx, rows) => {
            const [first, second = first] = rows as [Row, Row?];
            const update = method ?? tx.manager.update;
            const result = await update
              .call(tx.manager, target, keyOf(first, ids), { [propertyName]: value(second) })
              .then(({ affected }: { affected: number }) => affected)
              .catch((error: { errno: number }) => error.errno);
            return [result, await raw(tx, table)];
          });
        expect(await outcome()).toEqual(await outcome(theirs.update));
        written += 1;
      }
    }
  }
  expect(written).toBeGreaterThan(150);
}, 120_000);

test('a plain statement is prepared once, and a write reads nothing back', async () => {
  const { db } = gateway.app.deps;
  const [account] = await db.manager.find(Account, { take: 1 });
  const spy = jest.spyOn(Session.prototype as any, 'send');
  await db.manager.findOneBy(Account, { id: account?.id ?? '' });
  await db.manager.update(Account, { id: account?.id ?? '' }, { name: account?.name ?? '' });
  await undone(async tx => {
    await tx.manager.delete(Account, { id: account?.id ?? '' });
    await tx.manager.insert(Account, account ?? {});
  });
  // Other work of the gateway sends statements too, none of them about this account.
  const own = spy.mock.calls.filter(
    ([sql, values]) =>
      String(sql).startsWith('SET FOREIGN') || JSON.stringify(values).includes(`${account?.id}`),
  );
  const sent = own.map(([sql]) => String(sql).split(' ')[0]);
  spy.mockRestore();
  expect(sent).toEqual(['SELECT', 'UPDATE', 'SET', 'DELETE', 'INSERT', 'SET']);
});

test('calls that would leave the unit of work are rejected', async () => {
  const { db } = gateway.app.deps;
  await expect(async () => db.manager.save()).rejects.toThrow('Use insert or update');
  await expect(db.manager.transaction(async () => undefined)).rejects.toThrow('db.transaction');
  const lock = { mode: 'pessimistic_write' } as const;
  await expect(db.manager.findOne(Account, { where: { id: 'x' }, lock })).rejects.toThrow();
  await expect(db.manager.delete(Account, {})).rejects.toThrow('Empty criteria');
});

test('an update of a state column does not compile', () => {
  const wrong = (tx: Transaction) =>
    // @ts-expect-error src/store/transition.ts and src/store/advance.ts alone write states.
    tx.manager.update(Order, { id: 'ord_1' }, { state: OrderState.COMPLETED });
  expect(wrong).toBeInstanceOf(Function);
});
