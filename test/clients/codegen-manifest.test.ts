import { join } from 'node:path';
import { startTestGateway, type TestGateway } from '../support/gateway';
import { ROOT } from '../support/root';
import { usualSecurity } from '../support/security';
import { ProductDocument } from './generated/codegen/graphql';

let gateway: TestGateway;
beforeAll(async () => {
  const file = join(ROOT, 'test/clients/generated/codegen/persisted-documents.json');
  const security = usualSecurity({ TRUSTED_DOCUMENTS: 'enforce', TRUSTED_DOCUMENTS_FILES: file });
  gateway = await startTestGateway({}, { security });
});
afterAll(() => gateway.stop());

test('the persisted documents of GraphQL Code Generator are trusted documents', async () => {
  const documentId = (ProductDocument as { __meta__?: { hash?: string } }).__meta__?.hash;
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ documentId, variables: { sku: 'IC-BASE-1TB' } }),
  });
  expect(await response.json()).toMatchObject({ data: { product: { sku: 'IC-BASE-1TB' } } });
});
