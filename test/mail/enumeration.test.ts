import { accountId } from '../../dev/demo-data';
import { type MailGateway, startMailGateway } from '../support/mails';
import { statementsOf } from '../support/statements';

jest.setTimeout(120_000);

/** Calls of each kind. */
const CALLS = 80;
/**
 * Distance from one half of the probability that a known address takes longer than an unknown one. Its standard deviation is
 * 0.046 for equal distributions and 80 calls of each kind.
 */
const TOLERANCE = 0.2;

const KNOWN = 'buyer@contoso.example';

let world: MailGateway;
beforeAll(async () => {
  world = await startMailGateway();
});
afterAll(() => world.stop());
beforeEach(() => world.gateway.rows('DELETE FROM guess_counts'));

let made = 0;
const unknown = () => {
  made += 1;
  return `nobody-${made}@nowhere.example`;
};

/** Probability that a call for a known address takes longer than one for an unknown address, by all pairs. */
async function compare(call: (email: string) => Promise<unknown>): Promise<number> {
  const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
  for (let nth = 0; nth < 2 * CALLS; nth += 1) {
    // Alternately, so that a machine that becomes slower does so for both.
    const kind = nth % 2 === 0 ? 'known' : 'unknown';
    const email = kind === 'known' ? KNOWN : unknown();
    await world.gateway.rows('DELETE FROM guess_counts');
    // What the calls before have left to do is no part of this one.
    await world.delivered();
    const began = performance.now();
    await call(email);
    times[kind].push(performance.now() - began);
  }
  const longer = times.known.flatMap(one => times.unknown.map(other => (one > other ? 1 : 0)));
  return longer.reduce((sum: number, value) => sum + value, 0) / longer.length;
}

const calls: Record<string, (email: string) => Promise<{ errors: unknown[] }>> = {
  requestPasswordReset: email => world.forget(email),
  inviteUser: email =>
    world.invite('sales@skyline.example', {
      email,
      name: 'x',
      roles: ['CUSTOMER'],
      accountId: accountId('Alpine Dental'),
    }),
};

test.each(Object.entries(calls))(
  '%s answers the same, with as many statements, whether or not the address has a user',
  async (_, call) => {
    const results: { errors: unknown[] }[] = [];
    const cost = (email: string) =>
      statementsOf(world.gateway, async () => {
        results.push(await call(email));
      });
    // A first call signs the caller in, and prepares the statements.
    await cost(unknown());
    expect(await cost(KNOWN)).toBe(await cost(unknown()));
    expect(results.map(({ errors }) => errors)).toEqual([[], [], []]);
  },
);

test.each(Object.entries(calls))(
  'the durations of %s have one distribution, whether or not the address has a user',
  async (_, call) => {
    await compareWarm(call);
    const probability = await compare(call);
    expect(Math.abs(probability - 0.5)).toBeLessThan(TOLERANCE);
  },
);

async function compareWarm(call: (email: string) => Promise<unknown>): Promise<void> {
  for (let nth = 0; nth < 10; nth += 1) {
    await world.gateway.rows('DELETE FROM guess_counts');
    await call(nth % 2 ? KNOWN : unknown());
  }
}
