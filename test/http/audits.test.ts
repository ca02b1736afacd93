import { serverAudits } from 'graphql-http';
import { startTestGateway, type TestGateway } from '../support/gateway';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

const audits = serverAudits({ url: () => `${gateway.url}/graphql` });

/** SHOULDs from which Apollo Server differs by design: it answers 400 where the rule for `application/json` has 200. */
const BY_DESIGN = ['572B warn', 'FDE2 warn', '7B9B warn'];

test('there are 61 audits', () => {
  expect(audits).toHaveLength(61);
});

test('every audit of GraphQL over HTTP passes except the listed ones', async () => {
  const failed = [];
  for (const { id, fn } of audits) {
    const { status } = await fn();
    if (status !== 'ok') failed.push(`${id} ${status}`);
  }
  expect(failed).toEqual(BY_DESIGN);
});
