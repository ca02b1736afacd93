import { accountId } from '../../dev/demo-data';
import { administrator } from '../support/administrator';
import { BILLING } from '../support/demo';
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

/** A call that must not tell two addresses apart, and its answer. */
interface Call {
  run: (email: string) => Promise<{ errors: { code: string }[] }>;
  code?: string;
  known: () => string;
  other: () => string;
}

const RESELLER = 'sales@skyline.example';
const address = (email: string) => () => email;
const known = address('buyer@contoso.example');
const calls: Record<string, Call> = {
  'requestPasswordReset, with and without a user': {
    run: email => world.forget(email),
    known,
    other: unknown,
  },
  'inviteUser, with and without a user': {
    run: email =>
      world.invite(RESELLER, {
        email,
        name: 'x',
        roles: ['CUSTOMER'],
        accountId: accountId('Alpine Dental'),
      }),
    known,
    other: unknown,
  },
  'createAccount, with an address of the own tenant and of another': {
    run: email =>
      administrator(world.gateway, RESELLER).ask('createAccount', {
        ...{ kind: 'CUSTOMER', name: 'x', email, billing: BILLING },
      }),
    code: 'EMAIL_UNAVAILABLE',
    known: address('office@alpine.example'),
    other: address('it@contoso.example'),
  },
};

test.each(Object.entries(calls))(
  'the answer and the number of statements are the same: %s',
  async (_, { run, code, known, other }) => {
    const answers: string[][] = [];
    const cost = (email: string) =>
      statementsOf(world.gateway, async () => {
        answers.push((await run(email)).errors.map(error => error.code));
      });
    // A first call signs the caller in, and prepares the statements.
    await cost(other());
    expect(await cost(known())).toBe(await cost(other()));
    expect(answers).toEqual(Array(3).fill(code ? [code] : []));
  },
);

test.each(Object.entries(calls))('the durations have one distribution: %s', async (name, call) => {
  for (let nth = 0; nth < 10; nth += 1) {
    await world.gateway.rows('DELETE FROM guess_counts');
    await call.run(nth % 2 ? call.known() : call.other());
  }
  const probability = await compare(call);
  process.stdout.write(`${name}: P(known is slower) = ${probability.toFixed(3)}\n`);
  expect(Math.abs(probability - 0.5)).toBeLessThan(TOLERANCE);
});

/** Probability that a call for a known address takes longer than one for the other, by all pairs. */
async function compare({ run, known, other }: Call): Promise<number> {
  const times: Record<'known' | 'other', number[]> = { known: [], other: [] };
  for (let nth = 0; nth < 2 * CALLS; nth += 1) {
    // Alternately, so that a machine that becomes slower does so for both.
    const kind = nth % 2 === 0 ? 'known' : 'other';
    const email = kind === 'known' ? known() : other();
    await world.gateway.rows('DELETE FROM guess_counts');
    // What the calls before have left to do is no part of this one.
    await world.delivered();
    const began = performance.now();
    await run(email);
    times[kind].push(performance.now() - began);
  }
  const longer = times.known.flatMap(one => times.other.map(two => (one > two ? 1 : 0)));
  return longer.reduce((sum: number, value) => sum + value, 0) / longer.length;
}
