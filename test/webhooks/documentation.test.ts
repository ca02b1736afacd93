import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildSchema, parse, validate } from 'graphql';
import { newWebhookSecret } from '../../src/webhooks';
import { PUBLISHED_EVENT_TYPES } from '../../src/webhooks/event-types';
import { sign } from '../../src/webhooks/secrets';

const page = readFileSync(resolve(__dirname, '../../docs/webhooks.md'), 'utf8');
const block = (language: string) =>
  new RegExp(`\`\`\`${language}\\b[^\n]*\n(.*?)\`\`\``, 's').exec(page)?.[1] ?? '';

type Verify = (secret: string, headers: Record<string, string>, body: string, now?: number) => boolean;

/** The function of the page, as it stands there. */
const verify: Verify = new Function(
  'require',
  `${block('js')
    .replace(
      "import { createHmac, timingSafeEqual } from 'node:crypto';",
      "const { createHmac, timingSafeEqual } = require('node:crypto');",
    )
    .replace('export function', 'return function')}`,
)(require);

const secret = newWebhookSecret();
const body = '{"type":"webhook.test"}';
const now = 1_700_000_000;
const signed = (secrets: string[], at = now) => ({
  'webhook-id': 'dlv_1',
  'webhook-timestamp': String(at),
  'webhook-signature': secrets.map(one => sign(one, 'dlv_1', at, body)).join(' '),
});

test('the function of the page accepts signatures of the gateway, also during a rotation', () => {
  expect(verify(secret, signed([secret]), body, now * 1000)).toBe(true);
  expect(verify(secret, signed([newWebhookSecret(), secret]), body, now * 1000)).toBe(true);
});

test.each([
  ['another body', secret, signed([secret]), `${body} `],
  ['another secret', newWebhookSecret(), signed([secret]), body],
  ['another id', secret, { ...signed([secret]), 'webhook-id': 'dlv_2' }, body],
  ['an old message', secret, signed([secret], now - 301), body],
  ['no signature', secret, { ...signed([secret]), 'webhook-signature': '' }, body],
  [
    'a signature of another version',
    secret,
    { ...signed([secret]), 'webhook-signature': signed([secret])['webhook-signature'].replace('v1', 'v0') },
    body,
  ],
])('it rejects %s', (_, key, headers, text) => {
  expect(verify(key, headers, text, now * 1000)).toBe(false);
});

test('the signature is the one of the standard', () => {
  // The example of the specification's reference libraries.
  const example = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  expect(sign(example, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1614265330, '{"test": 2432232314}')).toBe(
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  );
});

test('the document of the page is valid', () => {
  const schema = buildSchema(readFileSync(resolve(__dirname, '../../schema/schema.graphql'), 'utf8'));
  expect(validate(schema, parse(block('graphql')))).toEqual([]);
});

test('the page lists every event type', () => {
  for (const type of PUBLISHED_EVENT_TYPES) {
    const [group, name] = type.split('.');
    expect(page).toMatch(new RegExp(`\`${group}\\.[^|]*\\.${name}\``.replace('[^|]*\\.', '([^|]*\\.)?')));
  }
});
