import { decodeJwt, SignJWT } from 'jose';
import {
  createSender,
  createSession,
  SessionEndedError,
  type SessionOptions,
  SIGN_IN,
  type Tokens,
} from '../../client';
import { ADMIN } from '../support/demo';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { operationText } from '../support/operations';
import { orderBackups } from '../support/streams';
import { tell } from '../support/tell';
import { until } from '../support/until';
import { read } from './reader';

const VIEWER = operationText('02-viewer');

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

const url = () => `${gateway.url}/graphql`;

async function signIn(): Promise<Tokens> {
  const { signIn: payload } = await createSender({ url: url() })(SIGN_IN, {
    input: { email: ADMIN, password: 'demo' },
  });
  const { token, expiresAt, refreshToken } = payload;
  if (!token || !expiresAt || !refreshToken) throw new Error('Nobody could sign in.');
  return { token, expiresAt, refreshToken };
}

/** The same tokens, but the access token ends so soon; the client believes that it lasts. */
async function endingIn(seconds: number, tokens: Tokens): Promise<Tokens> {
  const { exp: _, ...claims } = decodeJwt(tokens.token);
  const token = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime(Math.floor(Date.now() / 1000) + seconds)
    .sign(new TextEncoder().encode(gateway.settings.authSecret));
  return { ...tokens, token };
}

/** A session kept in memory, how often it was said to have ended, and how often it was refreshed. */
function keep(first: Tokens, options: Partial<SessionOptions> = {}) {
  const kept = { tokens: first as Tokens | null, ended: 0, refreshed: 0 };
  const session = createSession({
    url: url(),
    store: {
      read: () => kept.tokens,
      write(tokens) {
        kept.tokens = tokens;
        if (tokens) kept.refreshed += 1;
      },
    },
    onEnded: () => {
      kept.ended += 1;
    },
    ...options,
  });
  const viewer = async () => (await createSender({ url: url(), fetch: session.fetch })(VIEWER, {})) as any;
  return { kept, session, viewer };
}

test('a stream continues with a refreshed token when the access token expires', async () => {
  const { kept, session } = keep(await endingIn(2, await signIn()));
  const states: string[] = [];
  const messages = read(gateway, ADMIN, {
    token: session.token,
    onInterrupted: reason => states.push(`interrupted: ${reason}`),
    onResumed: () => states.push('resumed'),
  });
  await messages.next();
  const says = async (message: string) => {
    await tell(gateway.app, operationId, [message]);
    expect((await messages.next()).value).toMatchObject({ message });
  };
  await says('by the first token');
  await until(() => states.length > 0);
  await says('by the second');
  await messages.return?.();
  expect(states).toEqual(['resumed']);
  expect(kept).toMatchObject({ ended: 0, refreshed: 1 });
});

test('a session ended elsewhere ends its stream and requests, and is reported once', async () => {
  const tokens = await signIn();
  const { kept, session, viewer } = keep(tokens);
  const messages = read(gateway, ADMIN, { token: session.token });
  await messages.next();
  await keep(tokens).session.signOut();
  await expect(messages.next()).rejects.toBeInstanceOf(SessionEndedError);
  await expect(viewer()).rejects.toBeInstanceOf(SessionEndedError);
  expect(kept).toEqual({ tokens: null, ended: 1, refreshed: 0 });
});

test('requests with a rejected token are repeated after one shared refresh', async () => {
  const { kept, viewer } = keep(await endingIn(-1, await signIn()));
  const answers = await Promise.all(Array.from({ length: 10 }, viewer));
  expect(answers.map(answer => answer.viewer.email)).toEqual(Array(10).fill(ADMIN));
  expect(kept).toMatchObject({ ended: 0, refreshed: 1 });
});

test('a token that is about to expire is not used', async () => {
  const tokens = await signIn();
  const { kept, session } = keep({ ...tokens, expiresAt: new Date(Date.now() + 20_000).toISOString() });
  await session.token();
  expect(kept.refreshed).toBe(1);
  expect(kept.tokens?.refreshToken).not.toBe(tokens.refreshToken);
});

test('two tabs of a session use each refresh token once', async () => {
  const shared = { tokens: (await endingIn(-1, await signIn())) as Tokens | null, refreshed: 0 };
  let last: Promise<unknown> = Promise.resolve();
  const store = {
    read: () => shared.tokens,
    write(tokens: Tokens | null) {
      shared.tokens = tokens;
      shared.refreshed += 1;
    },
    alone<T>(work: () => Promise<T>): Promise<T> {
      const mine = last.then(work);
      last = mine.catch(() => undefined);
      return mine;
    },
  };
  const unused = await signIn();
  const tabs = [keep(unused, { store }), keep(unused, { store })];
  const answers = await Promise.all(tabs.map(({ viewer }) => viewer()));
  expect(answers.map(answer => answer.viewer.email)).toEqual([ADMIN, ADMIN]);
  expect(shared.refreshed).toBe(1);
});

test('an unreachable gateway does not end a session', async () => {
  let away = true;
  const { kept, viewer } = keep(await endingIn(-1, await signIn()), {
    fetch: (...args) => (away ? Promise.reject(new TypeError('fetch failed')) : fetch(...args)),
  });
  await expect(viewer()).rejects.toBeInstanceOf(TypeError);
  away = false;
  expect((await viewer()).viewer.email).toBe(ADMIN);
  expect(kept).toMatchObject({ ended: 0, refreshed: 1 });
});

test('signing out ends the session at the gateway, also with an expired access token', async () => {
  const tokens = await signIn();
  const { kept, session } = keep(await endingIn(-1, tokens));
  await session.signOut();
  expect(kept).toMatchObject({ tokens: null, ended: 0 });
  const { data } = await gateway.send(tokens.token, VIEWER);
  expect(data).toBeFalsy();
});
