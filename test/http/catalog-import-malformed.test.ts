import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BROKER, CREDENTIALS, startTestGateway, type TestGateway } from '../support/gateway';
import { writingNothing } from '../support/tables';

/** What the provider's server answers, whatever it is asked. */
let answer: unknown;
let provider: Server;
let gateway: TestGateway;
beforeAll(async () => {
  provider = createServer((_, response) => {
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(answer));
  }).listen(0, '127.0.0.1');
  await once(provider, 'listening');
  const baseUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/`;
  gateway = await startTestGateway(
    {},
    { broker: { baseUrl, ...BROKER }, provider: { baseUrl, ...CREDENTIALS } },
  );
});
afterAll(async () => {
  await gateway.stop();
  provider.close();
});

async function mutate(name: 'previewCatalogImport' | 'importCatalog', of: string) {
  const changes = 'changes { kind item code field from to position reason }';
  const selection = name === 'importCatalog' ? `catalogImport { state error ${changes} }` : changes;
  const { data, errors } = await gateway.send(
    await gateway.token('admin@bss.example'),
    `mutation ($provider: String!) { ${name}(input: { provider: $provider }) { ${selection} errors { code path } } }`,
    { provider: of },
  );
  expect(errors).toBeUndefined();
  expect(data[name].errors).toEqual([]);
  return data[name].catalogImport ?? data[name];
}

/** Imports `body`, whose preview has to say the same beforehand; resolves to the changes of one kind, a line each. */
async function imported(of: string, body: unknown) {
  answer = body;
  const preview = await writingNothing(gateway, () => mutate('previewCatalogImport', of));
  const run = await mutate('importCatalog', of);
  expect([run.state, run.error, run.changes]).toEqual(['SUCCEEDED', null, preview.changes]);
  const lines = (kind: string, ...fields: string[]) =>
    run.changes
      .filter((change: any) => change.kind === kind)
      .map((change: any) => fields.map(field => change[field]).join(' '));
  return {
    added: lines('ADD', 'item', 'code'),
    rejected: lines('REJECT', 'item', 'code', 'position'),
    reasons: lines('REJECT', 'reason'),
    withdrawn: lines('WITHDRAW', 'item', 'code'),
  };
}

let serial = 0;
/** An id that no other catalog of this file has. */
const fresh = (prefix: string) => `${prefix}-${++serial}`;

const cost = (amount: number, currency = 'eur', unit = 'MONTHLY') => ({
  amount: { [currency]: amount },
  unit,
});
const plan = (id: string, more: object = {}) => ({
  id,
  name: id.toLowerCase(),
  metadata: { displayName: `Plan ${id}`, storage_gb: 100, costs: [cost(5)], ...more },
});
const PLANS = 'services[0].plans';

describe('of a broker', () => {
  const of = 'open-service-broker';
  const catalog = (plans: unknown[], metadata: object = {}) => ({
    services: [{ id: fresh('Service'), name: 'A service', metadata, plans }],
  });

  test.each<[what: string, malformed: (id: string) => unknown, named: (id: string) => string]>([
    ['without an id', () => ({ name: 'x' }), () => ''],
    ['with an id that is too long', () => plan('X'.repeat(65)), () => 'X'.repeat(64)],
    ['with an id of spaces', () => plan('A B'), () => 'A B'],
    ['with an id that begins with a dot', () => plan('.A'), () => '.A'],
    ['with an id of other characters', () => plan('A/B'), () => 'A/B'],
    ['with a fullwidth id', () => plan('ＡＢ'), () => 'ＡＢ'],
    ['with an id with a line end', () => plan('AB\n'), () => 'AB\n'],
    ['without a name', id => ({ ...plan(id), name: undefined }), id => id],
    ['with an empty name', id => ({ ...plan(id), name: '  ' }), id => id],
    ['with a name that is too long', id => plan(id, { displayName: 'n'.repeat(256) }), id => id],
    ['without a price', id => plan(id, { costs: [] }), id => id],
    ['with a negative price', id => plan(id, { costs: [cost(-1)] }), id => id],
    ['with a price that is a text', id => plan(id, { costs: [cost('5' as never)] }), id => id],
    ['with a price finer than the currency', id => plan(id, { costs: [cost(5.001)] }), id => id],
    ['with a price beyond all bounds', id => plan(id, { costs: [cost(1e15)] }), id => id],
    ['with an unknown currency', id => plan(id, { costs: [cost(5, 'zzz')] }), id => id],
    ['with two prices for a cycle', id => plan(id, { costs: [cost(5), cost(6)] }), id => id],
    ['with costs that are no list', id => plan(id, { costs: {} }), id => id],
    ['with negative storage', id => plan(id, { storage_gb: -1 }), id => id],
    ['with storage that is a text', id => plan(id, { storage_gb: '1' }), id => id],
    ['with an id of a wrong type', () => ({ ...plan('x'), id: 7 }), () => ''],
    ['that is null', () => null, () => ''],
    ['that is a text', () => 'plan', () => ''],
  ])('a plan %s is reported, and the others are imported', async (_, malformed, named) => {
    const [before, id, after] = [fresh('ONE'), fresh('BAD'), fresh('TWO')];
    const { added, rejected, reasons } = await imported(
      of,
      catalog([plan(before), malformed(id), plan(after)]),
    );
    expect(added.slice(1)).toEqual([`PRODUCT ${before}`, `PRODUCT ${after}`]);
    expect(rejected).toEqual([`PRODUCT ${named(id)} ${PLANS}[1]`]);
    expect(reasons).toEqual([expect.stringMatching(/\S/)]);
  });

  test('a duplicate SKU is imported once and reported', async () => {
    const id = fresh('TWICE');
    const other = fresh('OTHER');
    const { added, rejected } = await imported(
      of,
      catalog([plan(id), plan(other), plan(id, { costs: [cost(9)] })]),
    );
    expect(added.slice(1)).toEqual([`PRODUCT ${id}`, `PRODUCT ${other}`]);
    expect(rejected).toEqual([`PRODUCT ${id} ${PLANS}[2]`]);
    const [row] = await gateway.rows(
      'SELECT p.unitMinor FROM prices p JOIN products t ON t.id = p.itemId WHERE t.sku = ?',
      [id],
    );
    expect(row?.unitMinor).toBe(500);
  });

  test('SKUs that differ by case are two products', async () => {
    const id = fresh('CASE');
    const { added, rejected } = await imported(of, catalog([plan(id), plan(id.toLowerCase())]));
    expect(added.slice(1)).toEqual([`PRODUCT ${id}`, `PRODUCT ${id.toLowerCase()}`]);
    expect(rejected).toEqual([]);
  });

  test('malformed add-ons and services are reported, and the others are imported', async () => {
    const [id, good, bad] = [fresh('ONE'), fresh('GOOD'), fresh('BAD')];
    const addon = (sku: string, plans: string[], more: object = {}) => ({
      id: sku,
      plans,
      metadata: { costs: [cost(1)], ...more },
    });
    const addons = [
      addon(bad, [id], { costs: [cost(-1)] }),
      addon(good, [id, 'NOWHERE']),
      { id: fresh('BAD') },
    ];
    const { services } = catalog([plan(id)], { addons });
    const { added, rejected } = await imported(of, {
      services: [null, { id: 'No plans', name: 'x' }, ...services, { ...services[0], plans: [] }],
    });
    expect(added.slice(1)).toEqual([`PRODUCT ${id}`, `ADDON ${good}`]);
    expect(rejected.sort()).toEqual(
      [
        'SERVICE  services[0]',
        'SERVICE No plans services[1]',
        `SERVICE ${services[0]?.id} services[3]`,
        `ADDON ${bad} services[2].metadata.addons[0]`,
        `ADDON ${addons[2]?.id} services[2].metadata.addons[2]`,
        `ADDON ${good} services[2].metadata.addons[1]`,
      ].sort(),
    );
  });

  test('an unknown billing cycle is reported, and the other prices are imported', async () => {
    const id = fresh('WEEKLY');
    const { added, reasons } = await imported(
      of,
      catalog([plan(id, { costs: [cost(1, 'eur', 'WEEKLY'), cost(5)] })]),
    );
    expect([added.slice(1), reasons]).toEqual([
      [`PRODUCT ${id}`],
      ['The billing cycle WEEKLY is not sold here; its price is left out.'],
    ]);
  });

  test('items that a malformed entry might describe stay published, and are unchanged afterwards', async () => {
    const [one, two] = [fresh('ONE'), fresh('TWO')];
    const body = catalog([plan(one), plan(two)]);
    await imported(of, body);
    await gateway.rows('UPDATE products SET published = 1 WHERE sku IN (?, ?)', [one, two]);
    const [service] = body.services;
    const half = (second: unknown) => ({ services: [{ ...service, plans: [plan(one), second] }] });
    for (const malformed of [plan(two, { costs: [] }), { name: 'without an id' }]) {
      expect((await imported(of, half(malformed))).withdrawn).toEqual([]);
    }
    for (const services of [
      [{ id: service?.id }],
      [null],
      [{ ...service, plans: [plan(one, { costs: [] })] }],
    ]) {
      const { withdrawn } = await imported(of, { services });
      expect(withdrawn.filter((line: string) => line.endsWith(one) || line.endsWith(two))).toEqual([]);
    }
    const gone = await imported(of, { services: [{ ...service, plans: [plan(one)] }] });
    expect(gone.withdrawn).toContain(`PRODUCT ${two}`);
  });
});

describe('of a service manager', () => {
  const of = 'impossible-cloud';
  const units = (price: unknown, cycle: unknown = 0) => [{ BillingCycle: cycle, Price: price }];
  const product = (ID: string, more: object = {}) => ({
    ID,
    Name: `Product ${ID}`,
    Attributes: [{ ID: 'storage_gb', Values: ['100'] }],
    Prices: [{ Currency: 'EUR', Units: units(5) }],
    ...more,
  });
  const catalog = (Products: unknown[]) => ({
    ProductTypes: [{ ID: fresh('Type'), Name: 'A type', ProductsCollection: { Products, Addons: [] } }],
  });

  test.each<[what: string, malformed: (id: string) => unknown, named: (id: string) => string]>([
    ['without an id', () => ({ Name: 'x' }), () => ''],
    ['with an empty name', id => product(id, { Name: '' }), id => id],
    ['with a name that is too long', id => product(id, { Name: 'n'.repeat(256) }), id => id],
    ['with a number for a name', id => product(id, { Name: 7 }), id => id],
    ['without a price', id => product(id, { Prices: [] }), id => id],
    [
      'with a negative price',
      id => product(id, { Prices: [{ Currency: 'EUR', Units: units(-1) }] }),
      id => id,
    ],
    [
      'with an unknown currency',
      id => product(id, { Prices: [{ Currency: 'ZZZ', Units: units(1) }] }),
      id => id,
    ],
    [
      'with storage that is no number',
      id => product(id, { Attributes: [{ ID: 'storage_gb', Values: ['much'] }] }),
      id => id,
    ],
    ['with attributes of a wrong type', id => product(id, { Attributes: 'storage' }), id => id],
  ])('a product %s is reported, and the others are imported', async (_, malformed, named) => {
    const [before, id, after] = [fresh('ONE'), fresh('BAD'), fresh('TWO')];
    const { added, rejected } = await imported(
      of,
      catalog([product(before), malformed(id), product(after), product(before)]),
    );
    expect(added.slice(1)).toEqual([`PRODUCT ${before}`, `PRODUCT ${after}`]);
    const at = (index: number) => `ProductTypes[0].ProductsCollection.Products[${index}]`;
    expect(rejected).toEqual([`PRODUCT ${named(id)} ${at(1)}`, `PRODUCT ${before} ${at(3)}`]);
  });
});

test.each([{}, { services: 'none' }, [], null, 7])(
  'a catalog that is %j is rejected as a whole',
  async body => {
    answer = body;
    const { data } = await writingNothing(gateway, async () =>
      gateway.send(
        await gateway.token('admin@bss.example'),
        'mutation { importCatalog(input: { provider: "open-service-broker" }) { catalogImport { state } errors { code } } }',
      ),
    );
    expect(data.importCatalog).toEqual({ catalogImport: null, errors: [{ code: 'PROVIDER_UNAVAILABLE' }] });
  },
);
