import { createHash } from 'node:crypto';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { ProductsDocument } from './generated/codegen/graphql';
import { startApollo } from './support/apollo';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test.each([
  ['GET', true],
  ['POST', false],
])(
  'automatic persisted queries of Apollo Client: the second %s is a hash',
  async (method, useGETForHashedQueries) => {
    const link = new PersistedQueryLink({ sha256, useGETForHashedQueries });
    const first = startApollo(gateway, link);
    const query = { query: ProductsDocument, variables: { first: method === 'GET' ? 1 : 2 } };
    const { data } = await first.client.query(query);
    const second = startApollo(gateway, link);
    expect((await second.client.query(query)).data).toEqual(data);
    const isText = ({ text }: { text: string }) => text.includes('query Products');
    expect(first.requests.map(isText)).toEqual(method === 'GET' ? [false, true] : [false]);
    expect(second.requests.map(request => [request.method, isText(request)])).toEqual([[method, false]]);
    await first.stop();
    await second.stop();
  },
);
