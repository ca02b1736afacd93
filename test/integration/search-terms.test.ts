import { accountId, userId } from '../../dev/demo-data';
import { Account } from '../../src/entities';
import { updateById, wordsOf, writeMissingTerms } from '../../src/store';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { fill, insertCustomers } from '../support/many';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

const termsOf = async (id: string): Promise<string[]> => {
  const rows = await gateway.rows<{ term: string }>(
    'SELECT term FROM search_terms WHERE id = ? ORDER BY term',
    [id],
  );
  return rows.map(({ term }) => term);
};

const texts = {
  accounts: "CONCAT(name, ' ', email)",
  users: "CONCAT(name, ' ', email)",
  products: "CONCAT(name, ' ', sku)",
  subscriptions: 'friendlyName',
};

/** Rows whose words are not those of their texts. */
async function differing(): Promise<string[]> {
  const found: string[] = [];
  for (const [table, text] of Object.entries(texts)) {
    for (const row of await gateway.rows<{ id: string; text: string }>(
      `SELECT id, ${text} AS text FROM ${table}`,
    )) {
      const words = wordsOf(row.text).sort();
      if ((await termsOf(row.id)).sort().join() !== words.join()) found.push(row.id);
    }
  }
  return found;
}

test('rows have the words of their texts: those of the demo, and what is inserted', async () => {
  await fill(gateway, 'done', await insertCustomers(gateway, ['Éclair & Söhne', '!!!']));
  expect(await differing()).toEqual([]);
});

test('a change replaces the words in its transaction, and a change of another column leaves them', async () => {
  const { db } = gateway.app.deps;
  const id = accountId('Skyline IT');
  const before = await termsOf(id);
  await db.transaction(tx => updateById(tx, Account, id, { version: 7 }));
  expect(await termsOf(id)).toEqual(before);
  const undone = db.transaction(async tx => {
    await updateById(tx, Account, id, { name: 'Horizon' });
    throw new Error('undone');
  });
  await expect(undone).rejects.toThrow('undone');
  expect(await termsOf(id)).toEqual(before);
  await db.transaction(tx => updateById(tx, Account, id, { name: 'Horizon IT' }));
  const [{ email }] = (await gateway.rows('SELECT email FROM accounts WHERE id = ?', [id])) as [
    { email: string },
  ];
  expect(await termsOf(id)).toEqual(wordsOf(`Horizon IT ${email}`).sort());
});

test('the words of a row without any are written, and nothing else changes', async () => {
  const { db } = gateway.app.deps;
  const id = userId('sales@skyline.example');
  const before = await termsOf(id);
  await gateway.rows('DELETE FROM search_terms WHERE id = ?', [id]);
  const [{ others }] = (await gateway.rows('SELECT COUNT(*) AS others FROM search_terms')) as [
    { others: number },
  ];
  expect(await writeMissingTerms(db)).toBe(true);
  expect(await termsOf(id)).toEqual(before);
  const [{ all }] = (await gateway.rows('SELECT COUNT(*) AS `all` FROM search_terms')) as [{ all: number }];
  expect(all).toBe(others + before.length);
});

test('the check for missing words stops when it is told to', async () => {
  expect(await writeMissingTerms(gateway.app.deps.db, () => false)).toBe(false);
});

test('a renamed subscription is found by its new name, and by its account', async () => {
  const token = await gateway.token('admin@bss.example');
  const [{ id, owner }] = (await gateway.rows(
    'SELECT id, accountId AS owner FROM subscriptions LIMIT 1',
  )) as [{ id: string; owner: string }];
  const query = 'query ($search: String) { subscriptions(filter: { search: $search }) { nodes { id } } }';
  const found = async (search: string) =>
    (await gateway.send(token, query, { search })).data.subscriptions.nodes;
  expect(await found('zanzibar')).toEqual([]);
  const rename = `mutation ($input: RenameSubscriptionInput!) { renameSubscription(input: $input) { errors { message } } }`;
  const { data } = await gateway.send(token, rename, {
    input: { subscriptionId: id, friendlyName: 'Zanzibar Café' },
  });
  expect(data.renameSubscription.errors).toEqual([]);
  for (const search of ['zanz', 'CAFE zan']) expect(await found(search)).toEqual([{ id }]);
  const { db } = gateway.app.deps;
  await db.transaction(tx => updateById(tx, Account, owner, { name: 'Übersee AG' }));
  expect(await found('uber cafe')).toEqual([{ id }]);
  expect(await found('bersee')).toEqual([]);
});
