import { startTestGateway, type TestGateway } from '../support/gateway';
import { usualSecurity } from '../support/security';
import { connect } from '../support/sockets';

let gateway: TestGateway;
beforeAll(async () => {
  const env = { NODE_ENV: 'production', ALLOWED_ORIGINS: 'https://shop.example,https://console.example' };
  gateway = await startTestGateway({}, { security: usualSecurity(env) });
});
afterAll(() => gateway.stop());

const call = (init: RequestInit, path = '/graphql') => fetch(`${gateway.url}${path}`, init);
const query = (headers: Record<string, string>) =>
  call({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: '{"query":"{__typename}"}',
  });

test('a script of an allowed origin can read answers; scripts of other origins cannot', async () => {
  const listed = await query({ origin: 'https://shop.example' });
  expect(listed.headers.get('access-control-allow-origin')).toBe('https://shop.example');
  for (const origin of [
    'https://evil.example',
    'https://shop.example.evil.example',
    'null',
    'http://shop.example',
  ]) {
    const { headers } = await query({ origin });
    expect([headers.get('access-control-allow-origin'), headers.get('vary')]).toEqual([null, 'Origin']);
    expect(headers.get('access-control-allow-credentials')).toBeNull();
  }
});

test('a preflight is answered for listed origins only', async () => {
  const preflight = (origin: string) =>
    call({ method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } });
  const [listed, other] = [
    await preflight('https://console.example'),
    await preflight('https://evil.example'),
  ];
  expect([listed.status, other.status]).toEqual([204, 204]);
  expect(listed.headers.get('access-control-allow-methods')).toBe('GET, POST, OPTIONS');
  expect(listed.headers.get('access-control-allow-headers')).toContain('authorization');
  expect(other.headers.get('access-control-allow-methods')).toBeNull();
});

test('a form and an image cannot send requests across origins', async () => {
  const form = await call({
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: '{"query":"{__typename}"}',
  });
  const image = await call({ headers: { accept: 'image/*' } }, '/graphql?query={__typename}');
  expect([form.status, image.status]).toEqual([400, 406]);
});

test('every answer has headers against MIME sniffing, framing and referrers', async () => {
  for (const path of ['/graphql', '/healthz', '/', '/nothing']) {
    const { headers } = await call({}, path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
  }
});

const INTROSPECTION = [
  '{ __schema { types { name } } }',
  '{ __type(name: "User") { name } }',
  '{ ...a } fragment a on Query { b: __schema { types { name } } }',
];

test('in production introspection requires a token, over both transports', async () => {
  const token = await gateway.token('buyer@contoso.example');
  const live = await connect(gateway.url, null);
  for (const [index, document] of INTROSPECTION.entries()) {
    const { status, errors } = await gateway.send(null, document);
    expect([status, errors?.[0]?.extensions.code]).toEqual([400, 'INTROSPECTION_DISABLED']);
    live.send({ type: 'subscribe', id: `${index}`, payload: { query: document } });
    const answer = await live.next(({ id }) => id === `${index}`);
    expect(answer.payload[0].extensions.code).toBe('INTROSPECTION_DISABLED');
    expect((await gateway.send(token, document)).status).toBe(200);
  }
  live.socket.terminate();
});

test('in production errors for anonymous callers contain no suggestions', async () => {
  const wrong = '{ categoriez { id } product(skuu: "x") { idd } }';
  const { errors } = await gateway.send(null, wrong);
  expect(JSON.stringify(errors)).not.toMatch(/did you mean/i);
  const live = await connect(gateway.url, null);
  live.send({ type: 'subscribe', id: '1', payload: { query: wrong } });
  expect(JSON.stringify(await live.next(({ id }) => id === '1'))).not.toMatch(/did you mean/i);
  live.socket.terminate();
  const known = await gateway.send(await gateway.token('buyer@contoso.example'), wrong);
  expect(JSON.stringify(known.errors)).toMatch(/did you mean/i);
});

test('an unknown operation name is a client error', async () => {
  for (const body of [
    { query: 'query A { __typename }', operationName: 'B' },
    { query: 'query A { __typename } query B { __typename }' },
  ]) {
    const headers = { 'content-type': 'application/json' };
    const response = await call({ method: 'POST', headers, body: JSON.stringify(body) });
    const { errors } = (await response.json()) as any;
    expect([response.status, errors[0].extensions.code]).toEqual([400, 'OPERATION_RESOLUTION_FAILURE']);
    const live = await connect(gateway.url, null);
    live.send({ type: 'subscribe', id: '1', payload: body });
    const answer = await live.next(({ id }) => id === '1');
    expect(JSON.stringify(answer)).toMatch(/operation/i);
    expect(JSON.stringify(answer)).not.toMatch(/INTERNAL/);
    live.socket.terminate();
  }
});

test('a target that is no path is a client error', async () => {
  expect((await call({}, '//')).status).toBe(400);
});
