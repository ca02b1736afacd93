import type { TestGateway } from './gateway';
import { shopper } from './shop';

const KEY = 'id name scopes account { name } user { id } createdBy { id } revokedAt';

/** What a user does with API keys. */
export function keysOf(gateway: TestGateway, email: string) {
  const { call, send } = shopper(gateway, email);
  return {
    create: (input: object) =>
      call('createApiKey', 'CreateApiKeyInput', { name: 'Program', ...input }, `apiKey { ${KEY} } secret`),
    revoke: (apiKeyId: string) =>
      call('revokeApiKey', 'RevokeApiKeyInput', { apiKeyId }, 'apiKey { id revokedAt }'),
    list: async (): Promise<any[]> =>
      (await send(`{ apiKeys(first: 100) { nodes { ${KEY} } } }`)).data.apiKeys.nodes,
  };
}

/** A key with these scopes, which has to be made. `at` is the gateway as whoever uses the key finds it. */
export async function newKey(gateway: TestGateway, email: string, scopes: string[], more: object = {}) {
  const { apiKey, secret, errors } = await keysOf(gateway, email).create({ scopes, ...more });
  expect(errors).toEqual([]);
  return { id: apiKey.id as string, secret: secret as string, at: withToken(gateway, secret) };
}

/** The gateway as somebody finds it who sends this token, whoever is named. */
const withToken = (gateway: TestGateway, token: string): TestGateway => ({
  ...gateway,
  token: async () => token,
});

/** How a call with a token is answered: its status, and the code of the error. */
export async function answered(gateway: TestGateway, token: string, query = '{ viewer { id } }') {
  const { status, errors } = await gateway.send(token, query);
  return `${status} ${errors?.[0]?.extensions.code ?? 'OK'}`;
}
