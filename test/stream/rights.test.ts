import { decodeJwt, SignJWT } from 'jose';
import { accountId, userId } from '../../dev/demo-data';
import { Role } from '../../src/entities';
import { ADMIN, MANAGER } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { RawSocket } from '../support/raw-socket';
import { newSession } from '../support/sign-in';
import { Listener, orderBackups, PROVISIONING } from '../support/streams';
import { tell } from '../support/tell';
import { elapse, until } from '../support/until';

const BUYER = 'buyer@northwind.example';
const MANAGER_2 = 'manager2@bss.example';

let gateway: TestGateway;
let operationId: string;
beforeAll(async () => {
  gateway = await startTestGateway();
  await orderBackups(gateway, { lines: 1 });
  await gateway.settled();
  const [operation] = await gateway.rows('SELECT id FROM operations LIMIT 1');
  operationId = operation?.id;
});
afterAll(() => gateway.stop());

const listen = async (email: string) =>
  new Listener(gateway.url, await newSession(gateway, email), PROVISIONING).has(1);
const told = ({ messages }: Listener) => messages.slice(1).map(({ message }) => message);
const say = (message: string) => tell(gateway.app, operationId, [message]);
const setRoles = async (email: string, roles: readonly Role[]) => {
  const { data } = await gateway.send(
    await gateway.token(ADMIN),
    'mutation ($input: SetUserRolesInput!) { setUserRoles(input: $input) { errors { message } } }',
    { input: { userId: userId(email), roles } },
  );
  expect(data.setUserRoles.errors).toEqual([]);
};

test('a deactivated user gets no more messages, and close code 4403', async () => {
  const [buyer, admin] = [await listen(BUYER), await listen(ADMIN)];
  const token = await newSession(gateway, BUYER);
  await say('before');
  await buyer.has(2);
  await setRoles(BUYER, []);
  await say('after');
  await admin.has(3);
  await until(() => buyer.closed !== undefined);
  expect(buyer.closed?.code).toBe(4403);
  expect(told(buyer)).toEqual(['before']);
  const back = await new RawSocket(gateway.url).init(token);
  expect(await back.closeCode()).toBe(4403);
  await setRoles(BUYER, [Role.CUSTOMER]);
  await admin.stop();
});

test('a user that is removed in the database is disconnected within seconds', async () => {
  const buyer = await listen(BUYER);
  await gateway.rows('UPDATE users SET roles = ? WHERE id = ?', ['[]', userId(BUYER)]);
  let count = 0;
  await until(async () => {
    await say(`again ${count}`);
    count += 1;
    return buyer.closed !== undefined;
  });
  expect(buyer.closed?.code).toBe(4403);
  await gateway.rows('UPDATE users SET roles = ? WHERE id = ?', ['["CUSTOMER"]', userId(BUYER)]);
});

test('a change of roles ends the stream without any event; the next stream has the new roles', async () => {
  // The role cannot be taken while accounts are in its care.
  await gateway.rows('UPDATE accounts SET accountManagerId = NULL WHERE accountManagerId = ?', [
    userId(MANAGER_2),
  ]);
  const before = await listen(MANAGER_2);
  await setRoles(MANAGER_2, [Role.ADMINISTRATOR]);
  await until(() => before.closed !== undefined);
  expect(before.closed?.code).toBe(4403);
  const after = await listen(MANAGER_2);
  await say('as administrator');
  await after.has(2);
  expect([told(before), told(after)]).toEqual([[], ['as administrator']]);
  await setRoles(MANAGER_2, [Role.ACCOUNT_MANAGER]);
  await until(() => after.closed !== undefined);
});

test('a role that is removed in the database removes its messages from the open stream', async () => {
  const [admin, witness] = [await listen(ADMIN), await listen(MANAGER)];
  await say('as administrator');
  await admin.has(2);
  await gateway.rows('UPDATE users SET roles = ? WHERE id = ?', ['["ACCOUNT_MANAGER"]', userId(ADMIN)]);
  await elapse(5100, 'rights are cached for five seconds');
  await say('as a manager of nobody');
  await witness.has(3);
  await gateway.rows('UPDATE users SET roles = ? WHERE id = ?', ['["ADMINISTRATOR"]', userId(ADMIN)]);
  await elapse(5100, 'rights are cached for five seconds');
  await say('as administrator again');
  await admin.has(3);
  expect(told(admin)).toEqual(['as administrator', 'as administrator again']);
  await admin.stop();
  await witness.stop();
});

test('signing out ends the streams of the session, and no other of the user', async () => {
  const token = await newSession(gateway, BUYER);
  const [ended, other] = [new Listener(gateway.url, token, PROVISIONING), await listen(BUYER)];
  await ended.has(1);
  await gateway.send(token, 'mutation { signOut { signedOut } }');
  await until(() => ended.closed !== undefined);
  expect(ended.closed?.code).toBe(4403);
  await say('for who is still there');
  await other.has(2);
  await other.stop();
});

const ASSIGN = `mutation ($input: AssignAccountManagerInput!) {
  assignAccountManager(input: $input) { account { accountManager { email } } errors { code } } }`;
const assignManager = async (email: string) => {
  const input = { accountId: accountId('Northwind Traders'), accountManagerId: userId(email) };
  const { data } = await gateway.send(await gateway.token(ADMIN), ASSIGN, { input });
  expect(data.assignAccountManager).toEqual({ account: { accountManager: { email } }, errors: [] });
};

test("an account's messages go to its new manager and no longer to the old one", async () => {
  const [first, second, witness] = [await listen(MANAGER), await listen(MANAGER_2), await listen(ADMIN)];
  await say('one');
  await first.has(2);
  await assignManager(MANAGER_2);
  await say('two');
  await second.has(2);
  await assignManager(MANAGER);
  await say('three');
  await first.has(3);
  await witness.has(4);
  expect([told(first), told(second)]).toEqual([['one', 'three'], ['two']]);
  for (const listener of [first, second, witness]) await listener.stop();
});

describe('a token that expires', () => {
  const shortToken = async (seconds: number) => {
    const key = new TextEncoder().encode(gateway.settings.authSecret);
    const { exp: _, ...claims } = decodeJwt(await newSession(gateway, ADMIN));
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256' })
      .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
      .sign(key);
  };

  test('closes with 4403 without any event', async () => {
    const listener = await new Listener(gateway.url, await shortToken(2), PROVISIONING).has(1);
    await until(() => listener.closed !== undefined);
    expect(listener.closed?.code).toBe(4403);
    expect(listener.messages).toHaveLength(1);
  });

  test('sends nothing once it has expired', async () => {
    const listener = await new Listener(gateway.url, await shortToken(2), PROVISIONING).has(1);
    const witness = await listen(ADMIN);
    const now = performance.now.bind(performance);
    try {
      // The time of the gateway jumps past the end; its own timer has not looked yet.
      performance.now = () => now() + 10_000;
      await say('too late');
      await until(() => listener.closed !== undefined);
    } finally {
      performance.now = now;
    }
    await witness.has(2);
    expect(listener.closed?.code).toBe(4403);
    expect(listener.messages).toHaveLength(1);
    await witness.stop();
  });
});
