import { demoId } from '../../dev/demo-data/ids';
import { ADMIN } from '../support/demo';
import { codes } from '../support/errors';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { fault, faults } from '../support/provider/of-gateway';
import { numbered } from '../support/streams';
import { writingNothing } from '../support/tables';

const BROKER = 'open-service-broker';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await startTestGateway();
});
afterEach(() => gateway.stop());

const CHANGES = 'changes { kind item code field from to }';

async function mutate(name: string, provider: string, email = ADMIN) {
  const selection =
    name === 'importCatalog'
      ? `catalogImport { state total done error startedBy { name } ${CHANGES} }`
      : CHANGES;
  const { data, errors } = await gateway.send(
    await gateway.token(email),
    `mutation ($provider: String!) { ${name}(input: { provider: $provider }) { ${selection} errors { code path message } } }`,
    { provider },
  );
  expect(errors).toBeUndefined();
  return data[name];
}

const preview = (provider = BROKER) => mutate('previewCatalogImport', provider);
const run = (provider = BROKER) => mutate('importCatalog', provider);

/** The changes of a kind, each in one line. */
const lines = (changes: any[], kind: string) =>
  changes
    .filter(change => change.kind === kind)
    .map(({ item, code, field, from, to }) => [item, code, field, from, to].join(' '));

const product = async (sku: string) =>
  (await gateway.rows('SELECT name, capacityBytes, published FROM products WHERE sku = ?', [sku]))[0];
const price = async (sku: string, cycle = 'MONTHLY') =>
  (
    await gateway.rows(
      `SELECT p.unitMinor FROM prices p JOIN price_lists l ON l.id = p.priceListId AND l.isDefault
       WHERE p.itemId = COALESCE((SELECT id FROM products WHERE sku = ?), (SELECT id FROM addons WHERE sku = ?))
         AND p.billingCycle = ?`,
      [sku, sku, cycle],
    )
  )[0]?.unitMinor;

/** What the broker said last time is made to have been otherwise: as if it had changed it since. */
async function saidBefore(code: string, values: Record<string, unknown>): Promise<void> {
  for (const [name, value] of Object.entries(values)) {
    await gateway.rows(
      `UPDATE imported_items SET said = JSON_SET(said, ?, ${typeof value === 'number' ? '?' : 'CONVERT(? USING utf8mb4)'}) WHERE code = ?`,
      [`$."${name}"`, value, code],
    );
  }
}

test('existing items stay unchanged, and are reported once', async () => {
  const before = await gateway.rows('SELECT * FROM products ORDER BY id');
  const { changes, errors } = await writingNothing(gateway, () => preview());
  expect(errors).toEqual([]);
  expect(lines(changes, 'KEEP')).toContain('PRODUCT CB-SERVER name Cloud Backup Server Backup for a server');
  expect(lines(changes, 'KEEP')).toContain('PRODUCT CB-SERVER price MONTHLY 19.00 EUR 15.00 EUR');
  expect(changes.every((change: any) => change.kind === 'KEEP')).toBe(true);
  const { catalogImport } = await run();
  expect(catalogImport).toEqual({
    state: 'SUCCEEDED',
    total: 1,
    done: 1,
    error: null,
    startedBy: { name: 'Ada Minster' },
    changes,
  });
  expect(await gateway.rows('SELECT * FROM products ORDER BY id')).toEqual(before);
  expect((await preview()).changes).toEqual([]);
  expect((await run()).catalogImport.changes).toEqual([]);
});

test('new items are imported once, with their prices, unpublished', async () => {
  const itemId = demoId('add', 'CB-ARCHIVE-100GB');
  await gateway.rows('DELETE FROM product_addons WHERE addonId = ?', [itemId]);
  await gateway.rows('DELETE FROM prices WHERE itemId = ?', [itemId]);
  await gateway.rows('DELETE FROM addons WHERE id = ?', [itemId]);
  const workstation = demoId('prod', 'CB-WORKSTATION');
  await gateway.rows('DELETE FROM prices WHERE itemId = ?', [workstation]);
  await gateway.rows('DELETE FROM products WHERE id = ?', [workstation]);
  const { catalogImport } = await run();
  expect(lines(catalogImport.changes, 'ADD')).toEqual([
    'PRODUCT CB-WORKSTATION   Backup for a workstation',
    'ADDON CB-ARCHIVE-100GB   Archive 100 GB',
  ]);
  expect(await product('CB-WORKSTATION')).toEqual({
    name: 'Backup for a workstation',
    capacityBytes: 250_000_000_000,
    published: 0,
  });
  expect([await price('CB-WORKSTATION'), await price('CB-ARCHIVE-100GB', 'ANNUALLY')]).toEqual([400, 1000]);
  const links = await gateway.rows(
    `SELECT p.sku FROM product_addons l JOIN products p ON p.id = l.productId JOIN addons a ON a.id = l.addonId
     WHERE a.sku = 'CB-ARCHIVE-100GB' ORDER BY p.sku`,
  );
  expect(links).toEqual([{ sku: 'CB-SERVER' }, { sku: 'CB-WORKSTATION' }]);
  const { data } = await gateway.send(null, '{ product(sku: "CB-WORKSTATION") { id } }');
  expect(data.product).toBeNull();
  expect((await run()).catalogImport.changes).toEqual([]);
  expect(await gateway.rows(`SELECT COUNT(*) AS n FROM products WHERE sku LIKE 'CB-%'`)).toEqual([{ n: 2 }]);
});

test('a new service is imported with its rules and its own category', async () => {
  await gateway.rows('SET FOREIGN_KEY_CHECKS = 0');
  const service = demoId('svc', 'cloud-backup');
  await gateway.rows(
    `DELETE l FROM product_addons l JOIN products p ON p.id = l.productId WHERE p.serviceId = ?`,
    [service],
  );
  await gateway.rows(`DELETE FROM addons WHERE sku LIKE 'CB-%'`);
  await gateway.rows('DELETE FROM products WHERE serviceId = ?', [service]);
  await gateway.rows('DELETE FROM services WHERE id = ?', [service]);
  await gateway.rows(`DELETE FROM categories WHERE slug = 'cloud-backup'`);
  const { catalogImport } = await run();
  expect(lines(catalogImport.changes, 'ADD')).toHaveLength(4);
  expect(
    await gateway.rows(
      `SELECT code, name, quantityLimit, allowMultipleSubscriptions, cancellationPolicy, provider, providerServiceType
       FROM services WHERE provider = ?`,
      [BROKER],
    ),
  ).toEqual([
    {
      code: 'cloud-backup',
      name: 'Cloud Backup',
      quantityLimit: null,
      allowMultipleSubscriptions: 1,
      cancellationPolicy: 'AUTOMATIC',
      provider: BROKER,
      providerServiceType: 'CloudBackup',
    },
  ]);
  const { data } = await gateway.send(
    null,
    '{ category(slug: "cloud-backup") { name products { totalCount } } }',
  );
  expect(data.category).toEqual({ name: 'Cloud Backup', products: { totalCount: 0 } });
});

test('a value that only the provider changed is imported; a value edited at the gateway stays', async () => {
  await run();
  // Of the server the price here is as the provider had it; of the workstation it was edited.
  await saidBefore('CB-SERVER', { 'price MONTHLY': 1900 });
  await saidBefore('CB-WORKSTATION', { 'price MONTHLY': 390 });
  const { changes } = await preview();
  expect([lines(changes, 'UPDATE'), lines(changes, 'KEEP')]).toEqual([
    ['PRODUCT CB-SERVER price MONTHLY 19.00 EUR 15.00 EUR'],
    ['PRODUCT CB-WORKSTATION price MONTHLY 4.50 EUR 4.00 EUR'],
  ]);
  const { catalogImport } = await run();
  expect(catalogImport.changes).toEqual(changes);
  expect([await price('CB-SERVER'), await price('CB-WORKSTATION')]).toEqual([1500, 450]);
  // Readers have it at once.
  const { data } = await gateway.send(
    null,
    '{ product(sku: "CB-SERVER") { prices { unitPrice { amount } } } }',
  );
  expect(data.product.prices[0].unitPrice.amount).toBe('15.00');
  expect((await preview()).changes).toEqual([]);
});

test('an item that the provider withdraws is unpublished, and only an administrator republishes it', async () => {
  await run();
  await gateway.rows(
    `INSERT INTO products (id, sku, slug, name, serviceId, categoryId, capacityBytes, published, providerAttributes, position)
     SELECT ?, 'CB-OLD', 'cb-old', 'Old', serviceId, categoryId, capacityBytes, 1, providerAttributes, 9
     FROM products WHERE sku = 'CB-SERVER'`,
    [demoId('prod', 'CB-OLD')],
  );
  await gateway.rows(`INSERT INTO imported_items VALUES (?, 'PRODUCT', 'CB-OLD', '{}', NOW(3))`, [BROKER]);
  const { catalogImport } = await run();
  expect(lines(catalogImport.changes, 'WITHDRAW')).toEqual(['PRODUCT CB-OLD   ']);
  const [old] = await gateway.rows(`SELECT published, retiredAt, version FROM products WHERE sku = 'CB-OLD'`);
  expect(old).toEqual({ published: 0, retiredAt: expect.any(Date), version: 2 });
  expect((await run()).catalogImport.changes).toEqual([]);
});

test("a service manager's catalog follows the same rules; items closed for new orders are not published", async () => {
  const { catalogImport } = await run('impossible-cloud');
  expect(catalogImport).toMatchObject({ state: 'SUCCEEDED', total: 1, done: 1 });
  const codes = new Set(catalogImport.changes.map(({ code }: any) => code));
  expect([...codes].filter(code => String(code).startsWith('CB-'))).toEqual([]);
  expect(lines(catalogImport.changes, 'ADD')).toEqual([]);
  expect((await preview('impossible-cloud')).changes).toEqual([]);
});

test('imports are listed, newest first, with their author, and recorded in the audit trail', async () => {
  await run();
  await run('impossible-cloud');
  await numbered(gateway);
  const { data } = await gateway.send(
    await gateway.token(ADMIN),
    '{ catalogImports { provider state } auditTrail(filter: { types: ["catalog.imported"] }) { nodes { message by { name } } } }',
  );
  expect(data.catalogImports).toEqual([
    { provider: 'impossible-cloud', state: 'SUCCEEDED' },
    { provider: BROKER, state: 'SUCCEEDED' },
  ]);
  expect(data.auditTrail.nodes).toHaveLength(4);
  expect(data.auditTrail.nodes[0].by).toEqual({ name: 'Ada Minster' });
});

test.each(['previewCatalogImport', 'importCatalog'])(
  '%s requires an administrator and a known provider that answers',
  async name => {
    for (const email of ['manager@bss.example', 'sales@skyline.example', 'buyer@northwind.example']) {
      const { errors } = await writingNothing(gateway, () => mutate(name, BROKER, email));
      expect(errors).toMatchObject([{ code: 'FORBIDDEN' }]);
    }
    const { errors } = await writingNothing(gateway, () => mutate(name, 'nobody'));
    expect(errors).toMatchObject([{ code: 'NOT_FOUND', path: ['provider'] }]);
    for (const then of ['status', 'malformed', 'hang']) {
      await faults(gateway, fault(then, 'broker/catalog'));
      const answer = await writingNothing(gateway, () => mutate(name, BROKER));
      expect(answer.errors).toMatchObject([{ code: 'PROVIDER_UNAVAILABLE', path: ['provider'] }]);
    }
  },
);

test('of ten concurrent imports one runs, and the others are rejected', async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => run()));
  const done = answers.filter(({ catalogImport }) => catalogImport);
  const refused = answers.flatMap(codes);
  expect(done.length).toBeGreaterThanOrEqual(1);
  expect(refused).toEqual(Array(10 - done.length).fill('INVALID_STATE'));
  // However many came one after the other: what there is to say was said once.
  expect(done.filter(({ catalogImport }) => catalogImport.changes.length > 0)).toHaveLength(1);
});

test('an import whose process died is shown as interrupted when the next one starts', async () => {
  await run();
  await gateway.rows(`UPDATE catalog_imports SET state = 'RUNNING', finishedAt = NULL`);
  await run();
  const { data } = await gateway.send(await gateway.token(ADMIN), '{ catalogImports { state error } }');
  expect(data.catalogImports).toEqual([
    { state: 'SUCCEEDED', error: null },
    { state: 'FAILED', error: 'It was interrupted.' },
  ]);
});
