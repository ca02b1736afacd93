import { nthId } from '../../bench/lib/fill';
import { fillLists, listed } from '../../bench/lib/fill-lists';
import { VIEWERS } from '../../bench/lib/list-plans';
import { columns, type EntityClass } from '../../src/database';
import {
  Account,
  CancellationRequest,
  Charge,
  CloudSubscription,
  Order,
  ProvisioningOperation,
} from '../../src/entities';
import { searchCondition } from '../../src/store/search/condition';
import { visibilityCondition } from '../../src/store/visibility';
import { Where } from '../../src/store/where';
import { startTestGateway, type TestGateway } from '../support/gateway';

const ROWS = 2000;

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
  await fillLists(gateway.app.deps.db, (sql, values) => gateway.rows(sql, values), ROWS);
  // Bought through a reseller that the account does not have: the row decides who sees it, not the account.
  await gateway.rows('UPDATE subscriptions SET resellerId = ? WHERE accountId = ?', [
    listed.reseller,
    nthId('acc', 10),
  ]);
}, 120_000);
afterAll(() => gateway.stop());

const entities: readonly EntityClass<{ id: string }>[] = [
  Account,
  CancellationRequest,
  Charge,
  CloudSubscription,
  Order,
  ProvisioningOperation,
];

/** Ids of the rows that a condition of `entity` has. */
async function idsOf(entity: EntityClass<{ id: string }>, { sql, values }: Pick<Where, 'sql' | 'values'>) {
  const t = columns(entity, 't');
  const rows = await gateway.app.deps.db.rows<{ id: string }>(
    `SELECT ${t.id} FROM ${t.table} WHERE ${sql} ORDER BY ${t.id}`,
    values,
  );
  return rows.map(({ id }) => id);
}

const sameRows = async (entity: EntityClass<{ id: string }>, where: Where) => {
  const { sql, values } = where.whole;
  const ids = await idsOf(entity, where);
  expect(await idsOf(entity, { sql, values: [...values] })).toEqual(ids);
  return ids;
};

test.each(VIEWERS)('the condition of a whole list has the rows of its pages, for a %s', async (_, viewer) => {
  for (const entity of entities) await sameRows(entity, new Where(visibilityCondition(viewer, entity)));
});

test('a manager counts some rows, and not all', async () => {
  for (const entity of entities) {
    const [, manager] = VIEWERS[1] ?? [];
    const all = await idsOf(entity, new Where());
    const own = manager ? await sameRows(entity, new Where(visibilityCondition(manager, entity))) : [];
    expect([entity.name, own.length > 0, own.length < all.length]).toEqual([entity.name, true, true]);
  }
});

test.each(['backup', 'bench backup', 'a', 'customer1 archive', 'nothing at all', '!'])(
  'the search "%s" of a whole list finds the rows of its pages',
  async search => {
    const t = columns(CloudSubscription, 't');
    const through = [
      { kind: 'sub', column: t.id },
      { kind: 'acc', column: t.accountId },
      { kind: 'prod', column: t.productId },
    ];
    const where = new Where().narrowedBy(searchCondition(search, through));
    const found = await sameRows(CloudSubscription, where);
    expect(found.length > 0).toBe(!/nothing|!/.test(search));
  },
);
