import { administrator } from '../support/administrator';
import { answered, keysOf } from '../support/api-keys';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { newKey as unique } from '../support/shop';
import { webhooksOf } from '../support/webhooks';

jest.setTimeout(60_000);

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

/** A new administrator, signed in. */
async function hire() {
  const email = `${unique()}@bss.example`;
  const input = { name: 'New', email, roles: ['ADMINISTRATOR'] };
  const { user } = await administrator(gateway).does('createUser', input);
  await gateway.token(email);
  return { id: user.id as string, email };
}

/** What `act` resolves to, or undefined if the session of the caller has ended. */
const ifSignedIn = <T>(act: Promise<T>): Promise<T | undefined> =>
  act.catch((error: Error) => {
    expect(error.message).toContain('UNAUTHENTICATED');
    return undefined;
  });

test('of keys that are made while their creator loses every role, none is valid', async () => {
  const { id, email } = await hire();
  const creations = Array.from({ length: 12 }, () =>
    ifSignedIn(keysOf(gateway, email).create({ scopes: ['MANAGE_CATALOG'] })),
  );
  const [made] = await Promise.all([
    Promise.all(creations),
    administrator(gateway).does('setUserRoles', { userId: id, roles: [] }),
  ]);
  const secrets = made.flatMap(answer => answer?.secret ?? []);
  for (const secret of secrets) expect(await answered(gateway, secret)).toBe('401 UNAUTHENTICATED');
  const rows = await gateway.rows('SELECT revokedAt FROM api_keys WHERE userId = ?', [id]);
  expect(rows).toHaveLength(secrets.length);
  expect(rows.filter(({ revokedAt }) => revokedAt === null)).toEqual([]);
});

test('of webhooks of every account that are made while their creator is deactivated, none is enabled', async () => {
  const { id, email } = await hire();
  const creations = Array.from({ length: 12 }, () =>
    ifSignedIn(webhooksOf(gateway, email).create({ url: 'https://hooks.example/', everyAccount: true })),
  );
  const [made] = await Promise.all([
    Promise.all(creations),
    administrator(gateway).does('deactivateUser', { userId: id }),
  ]);
  const rows = await gateway.rows('SELECT state FROM webhooks WHERE createdById = ?', [id]);
  expect(rows).toHaveLength(made.filter(answer => answer?.webhook).length);
  expect(rows.filter(({ state }) => state !== 'DISABLED')).toEqual([]);
});

test('of thirty webhooks of every account that two administrators make at once, twenty are made', async () => {
  const callers = [await hire(), await hire()].map(({ email }) => webhooksOf(gateway, email));
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, nth) =>
      callers[nth % 2]?.create({ url: 'https://hooks.example/', everyAccount: true }),
    ),
  );
  const [before] = await gateway.rows(
    `SELECT COUNT(*) AS n FROM webhooks WHERE accountId IS NULL AND deletedAt IS NULL`,
  );
  expect(before).toEqual({ n: 20 });
  const refused = answers.filter(answer => answer?.errors.length > 0);
  expect(new Set(refused.map(({ errors }) => errors[0].code))).toEqual(new Set(['INVALID_INPUT']));
});
