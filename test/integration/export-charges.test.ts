import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fillCharges, fillCustomers, fillHistory } from '../../bench/lib/fill';
import { accountId } from '../../dev/demo-data';
import { type BackOffice, startBackOffice } from '../support/back-office';
import { addon } from '../support/catalog';
import { chargeRows, settleDue } from '../support/charges';
import { ALPINE, NORTHWIND, SKYLINE, STORAGE } from '../support/demo';
import { built } from '../support/dist';
import type { TestGateway } from '../support/gateway';
import { newKey } from '../support/shop';
import { elapse } from '../support/until';

const RANGE = ['--from', '2026-01-01', '--until', '2027-01-01'];

let now = new Date('2026-04-01T00:00:00.000Z');
let office: BackOffice;
let gateway: TestGateway;
beforeAll(async () => {
  office = await startBackOffice({ clock: () => now });
  ({ gateway } = office);
});
afterAll(() => office.stop());

const start = (...args: string[]): ChildProcess =>
  spawn(process.execPath, [built('src/commands/export-charges.js'), ...args], {
    env: { PATH: process.env.PATH, DATABASE_URL: gateway.settings.databaseUrl },
  });

interface Done {
  code: number;
  output: string;
  errors: string[];
}

async function read(child: ChildProcess): Promise<Done> {
  let [output, errors] = ['', ''];
  child.stdout?.on('data', chunk => (output += String(chunk)));
  child.stderr?.on('data', chunk => (errors += String(chunk)));
  const [code] = await once(child, 'close');
  return { code, output, errors: errors.split('\n').filter(Boolean) };
}

const run = (...args: string[]) => read(start(...args));

/** Exports as JSON Lines; resolves to the values of the lines. */
async function exported(...args: string[]): Promise<Record<string, any>[]> {
  const { code, output, errors } = await run(...RANGE, '--format', 'jsonl', ...args);
  expect([code, errors.filter(line => !/^Connecting|Continue with/.test(line))]).toEqual([0, []]);
  expect(output === '' || output.endsWith('\n')).toBe(true);
  return output
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line));
}

const HEADER =
  'seq,id,kind,payerId,payerName,payerExternalReference,subscriptionId,subscriptionName,subscriptionExternalReference,orderNumber,purchaseOrderNumber,itemSku,itemName,periodStart,periodEnd,quantity,unitPrice,amount,currency,reverses,reason,createdAt';

test.each([
  [[], "error: required option '--from <time>' not specified"],
  [['--from', '2026-04-01'], "error: required option '--until <time>' not specified"],
  [
    ['--from', 'yesterday'],
    "error: option '--from <time>' argument 'yesterday' is invalid. Use a date (2026-04-01) or a date-time in UTC (2026-04-01T00:00:00Z).",
  ],
  [
    ['--from', '2026-01-01', '--until', '2026-02-30'],
    "error: option '--until <time>' argument '2026-02-30' is invalid. Use a date (2026-04-01) or a date-time in UTC (2026-04-01T00:00:00Z).",
  ],
  [
    ['--from', '2026-04-01T00:00:00+02:00'],
    "error: option '--from <time>' argument '2026-04-01T00:00:00+02:00' is invalid. Use a date (2026-04-01) or a date-time in UTC (2026-04-01T00:00:00Z).",
  ],
  [
    [...RANGE, '--format', 'xml'],
    "error: option '--format <format>' argument 'xml' is invalid. Allowed choices are csv, jsonl.",
  ],
  [
    [...RANGE, '--after-seq', '-1'],
    "error: option '--after-seq <number>' argument '-1' is invalid. Use the `seq` of the last charge that was exported.",
  ],
  [['--from', '2026-04-01', '--until', '2026-04-01'], '--until has to be later than --from.'],
  [[...RANGE, '--account', 'acc_unknown'], '--account: There is no account acc_unknown.'],
])('%j fails with one sentence', async (args, sentence) => {
  const { code, output, errors } = await run(...args);
  expect([code, output, errors.at(-1)]).toEqual([1, '', sentence]);
});

describe('of a small ledger', () => {
  let subscription: string;
  beforeAll(async () => {
    const { who } = office;
    const order = await who.manager.provisioned(NORTHWIND, {
      ...STORAGE,
      friendlyName: '=HYPERLINK("http://x","y"), then',
      addons: [{ addonId: addon('IC-ADD-1TB'), quantity: 2 }],
    });
    subscription = order.lines[0].subscription.id;
    await gateway.rows(`UPDATE accounts SET externalReference = '@crm' WHERE id = ?`, [NORTHWIND]);
    await gateway.rows(`UPDATE orders SET purchaseOrderNumber = '+49 PO "7"', placedAt = '2026-04-01'`);
    await gateway.rows(`UPDATE subscriptions SET externalReference = '-ref' WHERE id = ?`, [subscription]);
    now = new Date('2026-04-16T00:00:00.000Z');
    await who.manager.change({
      subscriptionId: subscription,
      addons: [{ addonId: addon('IC-ADD-1TB'), quantity: 1 }],
    });
    await gateway.settled();
    await who.reseller.order(STORAGE, ALPINE);
    await gateway.settled();
    now = new Date('2026-05-01T00:00:00.000Z');
    await settleDue(gateway);
    const input = {
      subscriptionId: subscription,
      amount: '-1.50',
      reason: '-2 days, "sorry"',
      idempotencyKey: newKey(),
    };
    await who.admin.call('createAdjustment', 'CreateAdjustmentInput', input, 'charge { id }');
  });

  test('CSV has exact lines', async () => {
    const rows = await chargeRows(gateway);
    const ids = rows.map(({ id }) => id);
    const times = rows.map(({ createdAt }) => createdAt.toISOString());
    const numbers = await gateway.rows<{ serial: number; recipientId: string }>(
      'SELECT serial, recipientId FROM orders',
    );
    const numberOf = (account: string) =>
      `ORD-2026-${String(numbers.find(({ recipientId }) => recipientId === account)?.serial).padStart(6, '0')}`;
    const po = `${numberOf(NORTHWIND)},"'+49 PO ""7""",`;
    const direct = `${NORTHWIND},Northwind Traders,'@crm,${subscription},"'=HYPERLINK(""http://x"",""y""), then",'-ref,`;
    const skyline = (id: string) => `${SKYLINE},Skyline IT,,${id},Impossible Cloud 1 TB,,`;
    const other = rows[3]?.subscriptionId ?? '';
    const base = 'IC-BASE-1TB,Impossible Cloud 1 TB';
    const more = 'IC-ADD-1TB,Impossible Cloud +1 TB';
    const [april, may] = [
      '2026-04-01T00:00:00.000Z,2026-05-01T00:00:00.000Z',
      '2026-05-01T00:00:00.000Z,2026-06-01T00:00:00.000Z',
    ];
    const rest = '2026-04-16T00:00:00.000Z,2026-05-01T00:00:00.000Z';
    const later = '2026-04-16T00:00:00.000Z,2026-05-16T00:00:00.000Z';
    const expected = [
      `RECURRING,${direct}${po}${base},${april},1,8.00,8.00,EUR,,`,
      `RECURRING,${direct}${po}${more},${april},2,7.50,15.00,EUR,,`,
      `CREDIT,${direct}${po}${more},${rest},1,7.50,-3.75,EUR,${ids[1]},`,
      `RECURRING,${skyline(other)}${numberOf(ALPINE)},,${base},${later},1,6.40,6.40,EUR,,`,
      `RECURRING,${direct}${po}${base},${may},1,8.00,8.00,EUR,,`,
      `RECURRING,${direct}${po}${more},${may},1,7.50,7.50,EUR,,`,
      `ADJUSTMENT,${direct},,,,2026-05-01T00:00:00.000Z,2026-05-01T00:00:00.000Z,1,-1.50,-1.50,EUR,,"'-2 days, ""sorry"""`,
    ];
    const { code, output, errors } = await run(...RANGE);
    expect([code, errors]).toEqual([
      0,
      ['Connecting to the database …', `7 charges. Continue with --after-seq ${rows[6]?.seq}.`],
    ]);
    const lines = output.split('\r\n');
    expect(lines.shift()).toBe(HEADER);
    expect(lines.pop()).toBe('');
    expect(lines).toEqual(expected.map((line, at) => `${rows[at]?.seq},${ids[at]},${line},${times[at]}`));
  });

  test('JSON Lines have the texts as they are, and amounts as decimals', async () => {
    const lines = await exported();
    expect(lines).toHaveLength(7);
    expect(Object.keys(lines[0] ?? {}).join(',')).toBe(HEADER);
    expect(lines[2]).toMatchObject({
      kind: 'CREDIT',
      payerExternalReference: '@crm',
      subscriptionName: '=HYPERLINK("http://x","y"), then',
      subscriptionExternalReference: '-ref',
      purchaseOrderNumber: '+49 PO "7"',
      quantity: 1,
      unitPrice: '7.50',
      amount: '-3.75',
      reverses: lines[1]?.id,
      reason: null,
    });
    expect(lines[6]).toMatchObject({ orderNumber: null, itemSku: null, reason: '-2 days, "sorry"' });
  });

  test('a range begins with `--from` and ends before `--until`', async () => {
    const within = async (from: string, until: string) =>
      (await exported('--from', from, '--until', until)).map(({ amount }) => amount);
    expect(await within('2026-04-01', '2026-04-16')).toEqual(['8.00', '15.00']);
    expect(await within('2026-04-16T00:00:00Z', '2026-05-01T00:00Z')).toEqual(['-3.75', '6.40']);
    expect(await within('2026-04-16T00:00:00.001Z', '2026-05-01')).toEqual([]);
  });

  test('a payer, and what follows a number', async () => {
    const all = await exported();
    expect((await exported('--account', SKYLINE)).map(({ amount }) => amount)).toEqual(['6.40']);
    expect(await exported('--account', ALPINE)).toEqual([]);
    expect(await exported('--after-seq', String(all[4]?.seq))).toEqual(all.slice(5));
    expect(await exported('--account', NORTHWIND, '--after-seq', String(all[4]?.seq))).toEqual(all.slice(5));
  });

  test('a charge without a number is not exported', async () => {
    const [first] = await chargeRows(gateway);
    await gateway.rows('UPDATE charges SET seq = NULL WHERE id = ?', [first?.id]);
    expect(await exported()).toHaveLength(6);
    await gateway.rows('UPDATE charges SET seq = ? WHERE id = ?', [first?.seq, first?.id]);
  });

  test('totals equal the sums of the lines', async () => {
    const { output } = await run(...RANGE, '--totals');
    expect(output).toBe(
      [
        'payerId,payerName,payerExternalReference,currency,charges,amount',
        ...[`${NORTHWIND},Northwind Traders,'@crm,EUR,6,33.25`, `${SKYLINE},Skyline IT,,EUR,1,6.40`].sort(),
        '',
      ].join('\r\n'),
    );
    const totals = await exported('--totals', '--account', NORTHWIND);
    expect(totals).toEqual([
      expect.objectContaining({
        payerName: 'Northwind Traders',
        currency: 'EUR',
        charges: 6,
        amount: '33.25',
      }),
    ]);
  });

  test('totals are exact beyond the integers of a double', async () => {
    const large = 9_007_199_254_740_991n;
    await gateway.rows('UPDATE charges SET amountMinor = ? WHERE accountId = ?', [String(large), NORTHWIND]);
    const [{ amount } = { amount: '' }] = await exported('--totals', '--account', NORTHWIND);
    expect(amount.replace('.', '')).toBe(String(6n * large));
  });
});

describe('of a large ledger', () => {
  const COUNT = 200_000;
  const SUBSCRIPTIONS = 10_000;
  const CUSTOMERS = 1000;
  beforeAll(async () => {
    await office.reset();
    const run = (sql: string, values?: (string | number)[]) => gateway.rows(sql, values);
    await fillCustomers(run, CUSTOMERS);
    await fillHistory(run, SUBSCRIPTIONS, CUSTOMERS);
    await fillCharges(run, COUNT, CUSTOMERS, SUBSCRIPTIONS);
  }, 300_000);

  /** Greatest memory of a process so far, in megabytes. Null when it has ended: the pipe has the rest. */
  function peakOf({ pid }: ChildProcess): number | null {
    const status = `/proc/${pid}/status`;
    const peak = existsSync(status) && /VmHWM:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1];
    return peak ? Number(peak) / 1024 : null;
  }

  test('takes constant memory, also with a reader that is slow', async () => {
    const child = start(...RANGE);
    child.stderr?.resume();
    const { stdout } = child;
    if (!stdout) throw new Error('no output');
    const peaks: number[] = [];
    let [size, lines] = [0, 0];
    for await (const chunk of stdout) {
      size += chunk.length;
      lines += String(chunk).split('\n').length - 1;
      if (size / 1_000_000 < peaks.length + 1) continue;
      await elapse(20, 'the reader stops for a moment after every megabyte');
      const peak = peakOf(child);
      if (peak === null) continue;
      peaks.push(peak);
    }
    expect(lines).toBe(COUNT + 1);
    // Some 60 MB have passed. What a tenth of it took is enough for all.
    expect(peaks.length).toBeGreaterThan(40);
    const warm = peaks[Math.floor(peaks.length / 5)] ?? 0;
    expect((peaks.at(-1) ?? 0) - warm).toBeLessThan(60);
  }, 120_000);

  test('a reader that ends early ends it quietly', async () => {
    const child = start(...RANGE);
    let errors = '';
    child.stderr?.on('data', chunk => (errors += String(chunk)));
    child.stdout?.once('data', () => child.stdout?.destroy());
    const [code] = await once(child, 'exit');
    expect([code, errors]).toEqual([0, 'Connecting to the database …\n']);
  });

  test('the rest follows exactly, while charges are written', async () => {
    const { who } = office;
    const range = ['--from', '2026-01-01', '--until', '2030-01-01'];
    let writing = true;
    const subscriptions = await gateway.rows<{ id: string }>('SELECT id FROM subscriptions LIMIT 50');
    const writer = (async () => {
      for (let at = 0; writing; at += 1) {
        const input = {
          subscriptionId: subscriptions[at % 50]?.id,
          amount: '0.01',
          reason: 'x',
          idempotencyKey: newKey(),
        };
        await who.admin.call('createAdjustment', 'CreateAdjustmentInput', input, 'charge { id }');
      }
    })();
    const seqs: number[] = [];
    const readOn = async () => {
      const after = String(seqs.at(-1) ?? 0);
      const { output, errors } = await run(...range, '--format', 'jsonl', '--after-seq', after);
      expect(output === '' || output.endsWith('}\n')).toBe(true);
      for (const line of output.split('\n').filter(Boolean)) seqs.push(JSON.parse(line).seq);
      const next = Number(/--after-seq (\d+)\.$/.exec(errors.at(-1) ?? '')?.[1]);
      expect(next).toBeGreaterThanOrEqual(seqs.at(-1) ?? 0);
    };
    try {
      for (let round = 0; round < 4; round += 1) await readOn();
    } finally {
      writing = false;
      await writer;
    }
    await readOn();
    const rows = await gateway.rows<{ seq: number }>(
      'SELECT seq FROM charges WHERE seq IS NOT NULL ORDER BY seq',
    );
    expect(seqs.length).toBeGreaterThan(COUNT);
    // Compared as texts: a difference of 200,000 lines is not worth showing.
    expect(seqs.join() === rows.map(({ seq }) => seq).join()).toBe(true);
  }, 180_000);

  test('totals of all are the sum of the table', async () => {
    const { output } = await run(
      ...RANGE,
      '--totals',
      '--format',
      'jsonl',
      '--account',
      accountId('Skyline IT'),
    );
    const [row] = await gateway.rows<{ minor: string; n: number }>(
      `SELECT SUM(amountMinor) AS minor, COUNT(*) AS n FROM charges WHERE accountId = ? AND seq IS NOT NULL AND periodStart < '2027-01-01'`,
      [accountId('Skyline IT')],
    );
    const { amount, charges } = JSON.parse(output);
    expect([amount.replace('.', ''), charges]).toEqual([String(row?.minor), row?.n]);
  });
});
