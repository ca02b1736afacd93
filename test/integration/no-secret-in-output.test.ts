import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { demoId } from '../../dev/demo-data/ids';
import { built } from '../support/dist';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { signIn } from '../support/sign-in';
import { connect } from '../support/sockets';
import { until } from '../support/until';

const MAIN = built('src/main.js');

const AUTH_SECRET = 'auth-secret-that-must-never-be-seen-anywhere';
const PROVIDER_KEY = 'provider-key-that-must-never-be-seen';
const NEW_PASSWORD = 'a password that must never be seen';
const WRONG_PASSWORD = 'a wrong password that must never be seen';

let first: TestGateway;
let child: ChildProcess;
let output = '';
let url: string;

beforeAll(async () => {
  first = await startTestGateway();
  const name = `test_w${process.env.JEST_WORKER_ID ?? '1'}`;
  child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env.PATH,
      DATABASE_URL: new URL(`/${name}`, process.env.TEST_DATABASE_URL).toString(),
      PROVIDER_URL: first.simulator.url,
      PROVIDER_APPLICATION_ID: '6f2f1f0e-0000-4000-8000-000000000001',
      PROVIDER_API_KEY: PROVIDER_KEY,
      AUTH_SECRET,
      WEBHOOK_ALLOW_PRIVATE: '1',
      PORT: '0',
      METRICS_PORT: '0',
      ACCESS_LOG: 'all',
      LOG_LEVEL: 'trace',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', chunk => (output += String(chunk)));
  await until(() => /listens at \S+/.test(output));
  url = /listens at ([^\s"]+)/.exec(output)?.[1] ?? '';
}, 60_000);
afterAll(async () => {
  child.kill('SIGTERM');
  await first.stop();
});

async function send(token: string | null, query: string, variables: object = {}): Promise<any> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  return response.json();
}

test('output, errors and metrics contain no password, token or key', async () => {
  const said: unknown[] = [];
  const say = async (...call: Parameters<typeof send>) => {
    const answer = await send(...call);
    said.push(
      answer.errors,
      Object.values(answer.data ?? {}).map((payload: any) => payload?.errors),
    );
    return answer;
  };
  const session = await signIn({ send: say }, 'sales@skyline.example');
  await signIn({ send: say }, 'sales@skyline.example', WRONG_PASSWORD);
  await say(session.token, `{ nonsense(token: "${session.token}") }`);
  await say(`${session.token}x`, '{ viewer { id } }');
  const refreshed = await say(
    null,
    'mutation ($t: String!) { refreshToken(input: { refreshToken: $t }) { token refreshToken errors { message } } }',
    { t: session.refreshToken },
  );
  const { token, refreshToken } = refreshed.data.refreshToken;
  const key = await say(
    token,
    'mutation { createApiKey(input: { name: "x", scopes: [ORDER] }) { secret errors { message } } }',
  );
  const { secret } = key.data.createApiKey;
  await say(secret, '{ viewer { name } }');
  // Nobody listens there: every attempt fails, and is written about.
  const hook = await say(
    token,
    'mutation { createWebhook(input: { url: "http://127.0.0.1:1/" }) { webhook { id } secret errors { message } } }',
  );
  const { secret: webhookSecret, webhook } = hook.data.createWebhook;
  await say(token, 'mutation ($i: ID!) { sendTestEvent(input: { webhookId: $i }) { errors { message } } }', {
    i: webhook.id,
  });
  await until(() => output.includes('No connection could be made.'));
  // The provider does not know this key: provisioning fails, and is written about.
  const line = { productId: demoId('prod', 'IC-BASE-1TB') };
  await say(token, 'mutation ($i: AddToBasketInput!) { addToBasket(input: $i) { errors { message } } }', {
    i: line,
  });
  const live = await connect(url, token);
  live.socket.terminate();
  // Something that breaks, with all that is at hand when it does.
  await first.rows('RENAME TABLE cancellation_requests TO elsewhere');
  await say(token, '{ cancellationRequests { nodes { id } } }');
  await first.rows('RENAME TABLE elsewhere TO cancellation_requests');
  await say(
    token,
    `mutation ($n: String!) { changePassword(input: { currentPassword: "${WRONG_PASSWORD}", newPassword: $n }) { errors { message } } }`,
    { n: NEW_PASSWORD },
  );
  await say(
    token,
    'mutation ($n: String!) { changePassword(input: { currentPassword: "demo", newPassword: $n }) { errors { message } } }',
    { n: NEW_PASSWORD },
  );
  const metrics = await (await fetch(/"metricsUrl":"([^"]+)"/.exec(output)?.[1] ?? '')).text();
  expect(metrics).toContain('skybasket_request_seconds');
  child.kill('SIGTERM');
  await once(child, 'exit');

  expect(output).toContain('request failed unexpectedly');
  const database = new URL(process.env.TEST_DATABASE_URL ?? 'mysql://x').password;
  const secrets = {
    AUTH_SECRET,
    PROVIDER_KEY,
    NEW_PASSWORD,
    WRONG_PASSWORD,
    database,
    token,
    first: session.token,
    refreshToken,
    firstRefresh: session.refreshToken,
    apiKey: secret,
    webhookSecret,
  };
  const written = { output, errors: JSON.stringify(said), metrics };
  for (const [name, value] of Object.entries(secrets)) {
    expect([name, value.length > 10]).toEqual([name, true]);
    for (const [where, text] of Object.entries(written)) {
      // The client's own document may be quoted back to it, where it put the token itself.
      if (where === 'errors' && name === 'first') continue;
      expect([name, where, text.includes(value)]).toEqual([name, where, false]);
    }
  }
}, 60_000);
