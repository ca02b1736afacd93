import type { IncomingMessage } from 'node:http';
import { isHostAllowed } from '../../src/transport/host';

const sentTo = (host: string | undefined) => ({ headers: { host } }) as IncomingMessage;
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

test.each(['localhost', 'localhost:4000', 'LOCALHOST:4000', '127.0.0.1:4000', '[::1]:4000'])(
  '%s is allowed',
  host => {
    expect(isHostAllowed(sentTo(host), LOOPBACK)).toBe(true);
  },
);

test.each([
  'evil.example:4000',
  'localhost.evil.example',
  'evil.example@localhost.example',
  '',
  undefined,
  'a b',
  '127.0.0.1.evil.example',
])('%s is refused', host => {
  expect(isHostAllowed(sentTo(host), LOOPBACK)).toBe(false);
});

test('an empty list allows every host', () => {
  expect(isHostAllowed(sentTo('anything.example'), [])).toBe(true);
});
