// A real OpenID Connect issuer as a process of its own: oidc-provider is published as ES modules only.
import { createServer } from 'node:http';
import { Provider } from 'oidc-provider';

const EMAILS = {
  buyer: 'buyer@contoso.example',
  stranger: 'nobody@nowhere.example',
  sloppy: 'sales@harbor.example',
  erp: 'sales@skyline.example',
  capitals: 'Admin@BSS.example',
  accent: 'àdmin@bss.example',
  fullwidth: 'ａdmin@bss.example',
  invisible: 'ad\u200bmin@bss.example',
  padded: 'admin@bss.example ',
};
const server = createServer();
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;
const API = 'https://gateway.example';

const provider = new Provider(issuer, {
  clients: Object.keys(EMAILS).map(client_id => ({
    client_id,
    client_secret: 'a secret of the tests',
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
  })),
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => API,
      getResourceServerInfo: (_context, resource) => ({
        scope: '',
        audience: resource,
        accessTokenFormat: 'jwt',
        accessTokenTTL: 600,
      }),
    },
  },
  extraTokenClaims: (_context, { clientId }) => ({
    email: EMAILS[clientId],
    email_verified: clientId !== 'sloppy',
  }),
});
server.on('request', provider.callback());
process.stdout.write(`${JSON.stringify({ issuer, audience: API })}\n`);
