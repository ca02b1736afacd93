import { fromInterruption } from '../../../src/providers/classify';
import { ProviderFault } from '../../../src/providers/fault';
import { Interrupted } from '../../../src/providers/http/interrupted';
import { answer, raw, tcp } from '../../support/provider/canned-servers';
import { APPLICATION, CALL, client, reseller } from '../../support/provider/client';

/** The fault of one call to the server, and how many requests reached it. */
async function faultOf(bytes: () => string | undefined, timeoutMs = 10_000) {
  const server = await raw(bytes);
  const fault = await attempt(`http://127.0.0.1:${server.port}/`, { timeoutMs });
  return { ...fault, requests: server.requests() };
}

async function attempt(url: string, more: { timeoutMs?: number; signal?: AbortSignal } = {}) {
  const provider = client(url, { timeoutMs: more.timeoutMs ?? 10_000 });
  const call = { ...CALL, signal: more.signal };
  return provider.accounts.synchronize(reseller(), call).then(() => {
    throw new Error('The call succeeded');
  }, summary);
}

function summary(error: unknown) {
  if (!(error instanceof ProviderFault)) throw error;
  const { code, retryable, providerCode, providerMessage, message } = error;
  return { code, retryable, providerCode, providerMessage, message };
}

const unreadable = { code: 'BAD_RESPONSE', retryable: true };
const result = (more: object) => answer(200, JSON.stringify(more));

describe('a call that the provider answered', () => {
  test.each<[string, string, object]>([
    ['401', answer(401, '{}'), { code: 'UNAUTHORIZED', retryable: false }],
    ['403', answer(403, ''), { code: 'UNAUTHORIZED', retryable: false }],
    ['400', answer(400, '{"Message":"Bad name"}'), { code: 'BAD_RESPONSE', providerMessage: 'Bad name' }],
    ['404', answer(404, 'no'), { code: 'BAD_RESPONSE', retryable: false }],
    ['302', answer(302, '', 'Location: /login\r\n'), { code: 'BAD_RESPONSE', retryable: true }],
    ['429', answer(429, ''), { code: 'UNAVAILABLE', retryable: true }],
    ['500', answer(500, ''), { code: 'UNAVAILABLE', retryable: true }],
    ['503', answer(503, '{"Code":0}'), { code: 'UNAVAILABLE', retryable: true }],
    ['what is not JSON', answer(200, '<html>'), unreadable],
    ['nothing', answer(200, ''), unreadable],
    ['a list', answer(200, '[]'), unreadable],
    ['no code', result({ Result: 'ext-1' }), unreadable],
    ['a code that is no number', result({ Code: 'fine', Result: 'ext-1' }), unreadable],
    ['success without an external id', result({ Code: 0, Result: null }), unreadable],
    ['success with an empty external id', result({ Code: 0, Result: '' }), unreadable],
    ['what is not HTTP', 'SSH-2.0-OpenSSH\r\n\r\n', unreadable],
    ['without end', answer(200, `{"Code":0,"Result":"ext-1"}${' '.repeat(1_048_577)}`), unreadable],
  ])('with %s', async (_, bytes, expected) => {
    expect(await faultOf(() => bytes)).toMatchObject({ ...expected, requests: 1 });
  });

  test('with a rejection keeps its code and message, and is not retried', async () => {
    const refusal = result({ Code: -6532, Message: 'Quantity less than 250', Result: null });
    expect(await faultOf(() => refusal)).toEqual({
      code: 'REJECTED',
      retryable: false,
      providerCode: -6532,
      providerMessage: 'Quantity less than 250',
      message: 'The provider refused: Quantity less than 250 (code -6532)',
      requests: 1,
    });
  });

  test('with a redirect names the setting to correct', async () => {
    const { message } = await faultOf(() => answer(307, '', 'Location: https://elsewhere.example/\r\n'));
    expect(message).toBe('The provider redirects instead of answering (HTTP 307): check its base URL');
  });

  test('with a rejection without a message says so', async () => {
    const { message } = await faultOf(() => result({ Code: -1 }));
    expect(message).toBe('The provider refused: it gave no reason (code -1)');
  });

  test.each([
    ['a number in words', { Code: '0', Message: null, Result: 'ext-1' }, 'ext-1'],
    ['a numeric id', { Code: 0, Result: 4711 }, '4711'],
    ['a byte order mark', `\ufeff{"Code":0,"Result":"ext-1"}`, 'ext-1'],
    ['members that nobody knows', { Code: 0, Result: 'ext-1', Message: { de: 'Gut' }, More: [1] }, 'ext-1'],
  ])('with %s is understood', async (_, body, expected) => {
    const server = await raw(() => (typeof body === 'string' ? answer(200, body) : result(body)));
    const provider = client(`http://127.0.0.1:${server.port}`);
    expect(await provider.accounts.synchronize(reseller(), CALL)).toBe(expected);
  });
});

describe('a call without an answer', () => {
  const unknown = { code: 'OUTCOME_UNKNOWN', retryable: true };

  test('to a closed port was not sent', async () => {
    const gone = await tcp(() => undefined);
    await gone.stop();
    expect(await attempt(`http://127.0.0.1:${gone.port}/`)).toMatchObject({
      code: 'UNAVAILABLE',
      retryable: true,
      message: 'The provider refuses connections; nothing was sent',
    });
  });

  test.each([
    ['because the connection broke while it was made', 'UNAVAILABLE', (end: () => void) => end()],
    ['within the deadline because the connection was never made', 'TIMEOUT', () => undefined],
  ])('%s was not sent', async (_, code, meet) => {
    // With TLS there is a time after the connection and before the request: this server never says its hello.
    const server = await tcp(socket => meet(() => socket.destroy()));
    const fault = await attempt(`https://127.0.0.1:${server.port}/`, { timeoutMs: 500 });
    expect(fault).toMatchObject({
      code,
      retryable: true,
      message: expect.stringMatching(/nothing was sent$/),
    });
  });

  test('on a dropped connection has an unknown outcome', async () => {
    expect(await faultOf(() => undefined)).toMatchObject({ ...unknown, requests: 1 });
  });

  test('within the timeout has an unknown outcome', async () => {
    expect(await faultOf(() => '', 500)).toMatchObject({ ...unknown, requests: 1 });
  });

  test('on a connection that broke during the answer has an unknown outcome', async () => {
    const server = await tcp(socket => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{"Code":0,'));
    });
    expect(await attempt(`http://127.0.0.1:${server.port}/`)).toMatchObject(unknown);
  });

  test('on a reused connection has an unknown outcome', async () => {
    let connections = 0;
    const server = await tcp(socket => {
      connections += 1;
      socket.once('data', () => {
        socket.write(result({ Code: 0, Result: 'ext-1' }));
        socket.once('data', () => socket.destroy());
      });
    });
    const provider = client(`http://127.0.0.1:${server.port}/`);
    expect(await provider.accounts.synchronize(reseller(), CALL)).toBe('ext-1');
    const second = await provider.accounts.synchronize(reseller(), CALL).catch(summary);
    expect(second).toMatchObject(unknown);
    expect(connections).toBe(1);
  });
});

describe('an aborted call', () => {
  test('before it began was not sent', async () => {
    const server = await raw(() => result({ Code: 0, Result: 'ext-1' }));
    const fault = await attempt(`http://127.0.0.1:${server.port}/`, { signal: AbortSignal.abort() });
    expect(fault).toMatchObject({ code: 'UNAVAILABLE', retryable: true });
    expect(server.requests()).toBe(0);
  });

  test('after the provider received it has an unknown outcome', async () => {
    const giveUp = new AbortController();
    const server = await raw(() => {
      giveUp.abort();
      return '';
    });
    const fault = await attempt(`http://127.0.0.1:${server.port}/`, { signal: giveUp.signal });
    expect(fault).toMatchObject({ code: 'OUTCOME_UNKNOWN', retryable: true });
  });
});

test('an unknown host name has a readable message', () => {
  const cause = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
  expect(summary(fromInterruption(new Interrupted('connection', false, cause)))).toMatchObject({
    code: 'UNAVAILABLE',
    message: "The provider's host name has no address; nothing was sent",
  });
});

test('no fault contains the API key', async () => {
  expect(JSON.stringify(await faultOf(() => answer(401, '{}')))).not.toContain(APPLICATION.apiKey);
});
