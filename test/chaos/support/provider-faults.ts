import type { Faults } from '../../support/paced';
import { type Fault, lasting } from './scenario';

/** Faults of the proxy before the provider, for some seconds. */
export const between =
  (seconds: number, faults: Partial<Faults>): Fault =>
  async ({ provider }) => {
    provider.set(faults);
    await lasting(seconds);
    provider.heal();
  };

/** The provider does what every third call says, and the connection breaks before its answer. */
export const losingAnswers = (seconds: number) =>
  between(seconds, { lose: { text: 'POST /', probability: 0.33 } });

/** Kept-alive connections vanish without a word; new ones work. */
export const stale =
  (seconds: number): Fault =>
  async ({ provider }) => {
    provider.silence();
    await lasting(seconds);
  };

/** Nothing passes, on connections that are there and on new ones. */
export const silent =
  (seconds: number): Fault =>
  async lab => {
    lab.provider.silence();
    await between(seconds, { silent: true })(lab);
  };

/** Something in the provider's place answers every call with this. */
export function answering(seconds: number, status: string, header: string, body = ''): Fault {
  const lines = [
    `HTTP/1.1 ${status}`,
    header,
    `Content-Length: ${body.length}`,
    'Connection: close',
    '',
    body,
  ];
  return between(seconds, { reply: lines.join('\r\n') });
}
