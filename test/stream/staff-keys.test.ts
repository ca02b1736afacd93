import { Role } from '../../src/entities';
import { administrator } from '../support/administrator';
import { answered, keysOf, newKey } from '../support/api-keys';
import { ADMIN } from '../support/demo';
import { codesWithPaths } from '../support/errors';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { shopper, newKey as unique } from '../support/shop';
import { CANCELLATIONS, Listener, orderBackups, PROVISIONING } from '../support/streams';
import { tell } from '../support/tell';
import { until } from '../support/until';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

const GONE = '401 UNAUTHENTICATED';

/** A new member of staff. */
async function hire(roles: Role[], name = 'Zoë Amstel'): Promise<{ id: string; email: string }> {
  const email = `${unique()}@bss.example`;
  const { user } = await administrator(gateway).does('createUser', { name, email, roles });
  // The temporary password is no concern of these tests.
  await gateway.rows('UPDATE users SET oneTimeUntil = NULL WHERE id = ?', [user.id]);
  return { id: user.id, email };
}

const listen = (token: string) => new Listener(gateway.url, token, CANCELLATIONS).has(1);
const setRoles = (id: string, roles: Role[]) =>
  administrator(gateway).does('setUserRoles', { userId: id, roles });
const closed = async (stream: Listener) => {
  await until(() => stream.closed !== undefined);
  return stream.closed?.code;
};
const keyRows = (id: string) =>
  gateway.rows('SELECT name, revokedAt IS NOT NULL AS revoked FROM api_keys WHERE userId = ? ORDER BY id', [
    id,
  ]);

test('revoking a key ends its stream at once, and neither the session nor the other key of its creator', async () => {
  const { email } = await hire([Role.ACCOUNT_MANAGER]);
  const [revoked, other] = [await newKey(gateway, email, ['READ']), await newKey(gateway, email, ['READ'])];
  const session = await gateway.token(email);
  const streams = [await listen(revoked.secret), await listen(other.secret), await listen(session)] as const;
  expect(codesWithPaths(await keysOf(gateway, ADMIN).revoke(revoked.id))).toEqual([]);
  expect(await closed(streams[0])).toBe(4403);
  expect([streams[1].closed, streams[2].closed]).toEqual([undefined, undefined]);
  expect(await answered(gateway, revoked.secret)).toBe(GONE);
  for (const token of [other.secret, session]) expect(await answered(gateway, token)).toBe('200 OK');
  await Promise.all(streams.map(stream => stream.stop()));
});

test('a key ends with every role of its creator, for good: its calls and its streams', async () => {
  const { id, email } = await hire([Role.ACCOUNT_MANAGER]);
  const { secret } = await newKey(gateway, email, ['READ', 'EXECUTE']);
  const stream = await listen(secret);
  await setRoles(id, []);
  expect(await closed(stream)).toBe(4403);
  expect(await answered(gateway, secret)).toBe(GONE);
  expect(await keyRows(id)).toEqual([{ name: 'Program', revoked: 1 }]);
  await setRoles(id, [Role.ACCOUNT_MANAGER]);
  expect(await answered(gateway, secret)).toBe(GONE);
});

test('a key whose creator is deactivated is refused, with its streams, until it is activated', async () => {
  const { id, email } = await hire([Role.ADMINISTRATOR]);
  const { secret } = await newKey(gateway, email, ['READ']);
  const stream = await listen(secret);
  await administrator(gateway).does('deactivateUser', { userId: id });
  expect(await closed(stream)).toBe(4403);
  expect(await answered(gateway, secret)).toBe(GONE);
  await administrator(gateway).does('activateUser', { userId: id });
  expect(await answered(gateway, secret)).toBe('200 OK');
});

test('a key of an erased person ends, and its name has no trace of the person', async () => {
  const { id, email } = await hire([Role.ACCOUNT_MANAGER]);
  const { secret } = await newKey(gateway, email, ['READ'], { name: 'Sync of Zoë Amstel' });
  const stream = await listen(secret);
  const { user, errors } = await shopper(gateway, ADMIN).call(
    'eraseUser',
    'EraseUserInput',
    { userId: id },
    'user { name }',
  );
  expect(errors).toEqual([]);
  expect(await closed(stream)).toBe(4403);
  expect(await answered(gateway, secret)).toBe(GONE);
  expect(await keyRows(id)).toEqual([{ name: `Sync of ${user.name}`, revoked: 1 }]);
  expect(await gateway.rows(`SELECT COUNT(*) AS n FROM events WHERE message LIKE '%Zoë Amstel%'`)).toEqual([
    { n: 0 },
  ]);
});

test('a scope that the role of the creator no longer has grants nothing; the key and its stream go on', async () => {
  const { id, email } = await hire([Role.ADMINISTRATOR]);
  const { secret } = await newKey(gateway, email, ['READ', 'MANAGE_CATALOG']);
  const stream = await listen(secret);
  await setRoles(id, [Role.ACCOUNT_MANAGER]);
  expect(await answered(gateway, secret, '{ priceLists { totalCount } }')).toBe('200 FORBIDDEN');
  const { data } = await gateway.send(
    secret,
    'mutation { createCategory(input: { slug: "x", name: "X" }) { errors { code } } }',
  );
  expect(data.createCategory.errors).toEqual([{ code: 'FORBIDDEN' }]);
  expect(await answered(gateway, secret)).toBe('200 OK');
  expect(stream.closed).toBeUndefined();
  await stream.stop();
});

test('roles that are removed in the database end the stream of a key within seconds', async () => {
  const { id, email } = await hire([Role.ADMINISTRATOR]);
  const { secret } = await newKey(gateway, email, ['READ']);
  await orderBackups(gateway, { lines: 1 });
  await gateway.settled();
  const [operation] = await gateway.rows('SELECT id FROM operations LIMIT 1');
  const stream = await new Listener(gateway.url, secret, PROVISIONING).has(1);
  await gateway.rows(`UPDATE users SET roles = '[]' WHERE id = ?`, [id]);
  expect(await answered(gateway, secret)).toBe(GONE);
  await until(async () => {
    await tell(gateway.app, operation?.id, ['again']);
    return stream.closed !== undefined;
  });
  expect(stream.closed?.code).toBe(4403);
});
