import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gql } from '@apollo/client/core';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { generatePersistedQueryIdsFromManifest } from '@apollo/persisted-query-lists';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { ROOT } from '../support/root';
import { usualSecurity } from '../support/security';
import { startApollo } from './support/apollo';
import { storefrontOf } from './support/storefront';
import { playStory } from './support/story';

const FILE = join(ROOT, 'test/clients/generated/apollo.json');
const manifest: { operations: { id: string; name: string }[] } = JSON.parse(readFileSync(FILE, 'utf8'));

let gateway: TestGateway;
let apollo: ReturnType<typeof startApollo>;
beforeAll(async () => {
  const security = usualSecurity({ TRUSTED_DOCUMENTS: 'enforce', TRUSTED_DOCUMENTS_FILES: FILE });
  gateway = await startTestGateway({}, { security });
  const ids = generatePersistedQueryIdsFromManifest({ loadManifest: () => manifest });
  apollo = startApollo(gateway, new PersistedQueryLink(ids));
});
afterAll(async () => {
  await apollo.stop();
  await gateway.stop();
});

test('Apollo Client plays the ordering story with ids of its manifest, and sends no text', async () => {
  const { documents, requests, session } = apollo;
  const shop = storefrontOf({
    ...documents,
    request(document, variables, token) {
      session.token = token;
      return documents.request(document, variables, token);
    },
  });
  await playStory(shop);
  expect(requests.map(({ text }) => JSON.parse(text).query)).toEqual(Array(8).fill(undefined));
});

test('a document outside the manifest is refused, and so is an unknown hash', async () => {
  const sent = await gateway.send(null, '{ viewer { name } }');
  expect([sent.status, sent.errors?.[0]?.extensions.code]).toEqual([400, 'DOCUMENT_NOT_TRUSTED']);
  await expect(apollo.client.query({ query: gql`query Own { viewer { name } }` })).rejects.toThrow(
    'manifest',
  );
});

test('the id of the manifest is a `documentId`', async () => {
  const documentId = manifest.operations.find(({ name }) => name === 'Product')?.id;
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ documentId, variables: { sku: 'IC-BASE-1TB' } }),
  });
  expect(await response.json()).toMatchObject({ data: { product: { sku: 'IC-BASE-1TB' } } });
});

test('a gateway does not start with a file that is no manifest', async () => {
  const security = usualSecurity({ TRUSTED_DOCUMENTS_FILES: join(ROOT, 'package.json') });
  await expect(startTestGateway({}, { security })).rejects.toThrow('package.json is not a manifest');
});
