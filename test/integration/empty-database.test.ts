import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { emptySchema } from '../support/empty-schema';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { signIn } from '../support/sign-in';
import { until } from '../support/until';

const SETUP = resolve(__dirname, '../../dist/src/commands/setup.js');
const lines: Record<string, unknown>[] = [];
let gateway: TestGateway;
beforeAll(async () => {
  const databaseUrl = await emptySchema();
  const log = { write: (line: string) => void lines.push(JSON.parse(line)) };
  gateway = await startTestGateway({}, { databaseUrl, demoData: false }, log);
});
afterAll(() => gateway.stop());

const CATALOG =
  '{ categories { name } products(first: 5) { nodes { name prices { billingCycle } } totalCount } }';

test('a gateway on an empty database serves an empty catalog, and logs the command to run', async () => {
  expect((await fetch(`${gateway.url}/readyz`)).status).toBe(200);
  expect((await gateway.send(null, CATALOG)).data).toEqual({
    categories: [],
    products: { nodes: [], totalCount: 0 },
  });
  const warnings = lines.filter(({ level }) => Number(level) >= 40).map(({ msg }) => msg);
  expect(warnings).toEqual([expect.stringContaining('run `npm run setup')]);
});

test('it serves the data that `setup` creates while it runs', async () => {
  const env = { PATH: process.env.PATH, DATABASE_URL: gateway.settings.databaseUrl };
  const args = ['--email', 'ada@example.com', '--name', 'Ada Minster', '--currency', 'CHF'];
  const { stdout } = await promisify(execFile)(process.execPath, [SETUP, ...args], { env });
  const password = /sign in with (\S+)/.exec(stdout)?.[1];
  await gateway.app.deps.events.catchUp();
  const payload = await signIn(gateway, 'ada@example.com', password);
  expect(payload).toMatchObject({ viewer: { roles: ['ADMINISTRATOR'] }, errors: [] });
  const lists = async () =>
    (await gateway.send(payload.token, '{ priceLists(first: 5) { nodes { code currency } } }')).data
      .priceLists.nodes;
  await until(async () => (await lists()).length > 0);
  expect(await lists()).toEqual([{ code: 'public', currency: 'CHF' }]);
});
