import { print } from 'graphql';
import { createClient } from 'graphql-sse';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { storefrontOf } from './support/storefront';
import { playStory } from './support/story';
import { bearer, urlsOf } from './support/urls';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.stop());

test('graphql-sse plays the ordering story: queries, mutations and the subscription, each on a stream of its own', async () => {
  const clientOf = (token: string | null) =>
    createClient({ url: urlsOf(gateway).sse, headers: bearer(token), retryAttempts: 0 });
  const story = storefrontOf({
    async request(document, variables, token) {
      const answers = clientOf(token).iterate<any>({ query: print(document), variables });
      const { value } = await answers.next();
      if (!value?.data) throw new Error(JSON.stringify(value));
      return value.data;
    },
    async *subscribe(document, variables, token) {
      for await (const { data } of clientOf(token).iterate<any>({ query: print(document), variables })) {
        if (data) yield data;
      }
    },
  });
  await playStory(story);
});
