import { createRenewal } from '../../src/ledger';
import { type BackOffice, startBackOffice } from '../support/back-office';
import { chargeRows, renewAll } from '../support/charges';
import { CONTOSO, NORTHWIND } from '../support/demo';
import { Scrape } from '../support/scrape';
import { found } from '../support/until';

let now = new Date('2026-04-01T00:00:00.000Z');
let office: BackOffice;
beforeAll(async () => {
  const observability = { accessLog: 'off' as const, metrics: { host: '127.0.0.1', port: 0 }, tracing: null };
  office = await startBackOffice({ clock: () => now }, { observability });
});
afterAll(() => office.stop());

const scrapeOnce = (isSo: (scrape: Scrape) => boolean) =>
  found(
    async () => {
      const scrape = await Scrape.of(office.gateway.app.metricsUrl ?? '');
      return isSo(scrape) ? scrape : undefined;
    },
    { what: `a scrape in which ${isSo}`, everyMs: 200 },
  );

test('charges are counted by kind, an overdue renewal by its age, and one that cannot be charged as a failure', async () => {
  const { gateway, who } = office;
  const broken = await who.manager.liveSubscription(NORTHWIND);
  const other = await who.manager.liveSubscription(CONTOSO);
  await chargeRows(gateway);
  const first = await scrapeOnce(one => one.value('skybasket_charges_total', { kind: 'RECURRING' }) === 2);
  expect(first.value('skybasket_renewals_overdue_seconds')).toBe(0);
  // Its lots do not add up to its recurring amount any more.
  await gateway.rows('UPDATE subscriptions SET recurringMinor = 799 WHERE id = ?', [broken]);
  now = new Date('2026-05-01T02:00:00.000Z');
  const failures: string[] = [];
  const { deps } = gateway.app;
  await renewAll({ ...deps, onFailure: () => failures.push('failed') });
  expect(failures).toEqual(['failed']);
  const rows = await chargeRows(gateway);
  expect(rows.slice(2).map(({ subscriptionId }) => subscriptionId)).toEqual([other]);
  const second = await scrapeOnce(one => one.value('skybasket_renewals_overdue_seconds') === 7200);
  expect(second.value('skybasket_charges_total', { kind: 'RECURRING' })).toBe(3);
});

test('more subscriptions than a batch that cannot be charged do not keep others from it', async () => {
  const { gateway } = office;
  const [{ id: broken }] = (await gateway.rows(
    'SELECT id FROM subscriptions WHERE recurringMinor = 799',
  )) as [{ id: string }];
  const columns = await gateway.rows<{ Field: string; Extra: string }>('SHOW COLUMNS FROM subscriptions');
  const names = columns.filter(({ Extra }) => !/GENERATED/.test(Extra)).map(({ Field }) => `\`${Field}\``);
  const values = names.map(name =>
    name === '`id`'
      ? `CONCAT('sub_broken', n.n)`
      : name === '`exclusive`'
        ? '0'
        : name === '`externalId`'
          ? 'NULL'
          : name,
  );
  const numbers = Array.from({ length: 205 }, (_, n) => `SELECT ${100 + n} AS n`).join(' UNION ALL ');
  await gateway.rows(
    `INSERT INTO subscriptions (${names}) SELECT ${values} FROM subscriptions, (${numbers}) n WHERE id = ?`,
    [broken],
  );
  now = new Date('2026-06-01T00:00:00.000Z');
  const { deps } = gateway.app;
  let failed = 0;
  const renew = createRenewal({ ...deps, onFailure: () => (failed += 1) });
  for (let rounds = 0; await renew(); rounds += 1) {
    expect(rounds).toBeLessThan(10);
  }
  expect(failed).toBe(206);
  const last = (await chargeRows(gateway)).at(-1);
  expect(last?.periodStart.toISOString()).toBe('2026-06-01T00:00:00.000Z');
});
