import { ProviderFault } from '../../../src/providers/fault';
import { CALL, customer, subscription } from '../../support/provider/client';
import { effects, simulated } from '../../support/provider/simulator';

const code = (call: Promise<unknown>) =>
  call.then(
    () => 'ok',
    (error: unknown) => (error instanceof ProviderFault ? error.code : 'something else'),
  );

describe('an account whose name has a word in brackets', () => {
  test.each([
    ['Alpine Dental', ['ok', 'ok', 'ok', 'ok', 'ok'], 1],
    ['Alpine [refuse]', ['ok', 'REJECTED', 'REJECTED', 'REJECTED', 'REJECTED'], 0],
    ['[FAIL] Alpine', ['UNAVAILABLE', 'UNAVAILABLE', 'UNAVAILABLE', 'ok', 'ok'], 1],
    ['Alpine [drop]', ['OUTCOME_UNKNOWN', 'OUTCOME_UNKNOWN', 'ok', 'ok', 'ok'], 1],
  ])('%s meets %j when it is looked up once and synchronized four times', async (name, expected, created) => {
    const { provider, ledger } = await simulated();
    const account = customer({ name });
    const seen = [await code(provider.accounts.find(account, CALL))];
    for (let call = 0; call < 4; call += 1)
      seen.push(await code(provider.accounts.synchronize(account, CALL)));
    expect(seen).toEqual(expected);
    expect(effects(await ledger())).toHaveLength(created);
  });

  test('[hang] gets no answer, however often it asks', async () => {
    const { provider, ledger } = await simulated({}, 500);
    const account = customer({ name: 'Alpine [hang]' });
    const calls = [1, 2].map(() => code(provider.accounts.synchronize(account, CALL)));
    expect(await Promise.all(calls)).toEqual(['OUTCOME_UNKNOWN', 'OUTCOME_UNKNOWN']);
    expect(effects(await ledger())).toEqual([]);
  });

  test('[slow] gets its answers late and right', async () => {
    const { provider, ledger } = await simulated();
    const account = customer({ name: 'Alpine [slow]' });
    expect(await code(provider.accounts.synchronize(account, CALL))).toBe('ok');
    expect(effects(await ledger())).toEqual(['account.created it@alpine.example User x1']);
  });
});

describe("a subscription's name with a word in brackets", () => {
  test.each([
    ['Backup', 'ok', 'ok'],
    ['Backup [refuse]', 'ok', 'REJECTED'],
    ['Backup [precheck]', 'REJECTED', 'ok'],
    ['Backup [fail]', 'ok', 'UNAVAILABLE'],
    ['Backup [drop]', 'ok', 'OUTCOME_UNKNOWN'],
  ])('%s: the pre-check ends as %s and the creation as %s', async (name, precheck, creation) => {
    const { provider } = await simulated();
    const externalId = await provider.accounts.synchronize(customer(), CALL);
    const wanted = subscription({ name, account: customer({ externalId }) });
    expect(await code(provider.precheck(wanted, CALL))).toBe(precheck);
    expect(await code(provider.createSubscription(wanted, CALL))).toBe(creation);
  });

  test('counts for each subscription by itself', async () => {
    const { provider } = await simulated();
    const externalId = await provider.accounts.synchronize(customer(), CALL);
    const wanted = (id: string) =>
      subscription({ id, name: '[drop]', account: customer({ externalId }), allowMultiple: true });
    for (const id of ['subscription-1', 'subscription-2']) {
      expect(await code(provider.createSubscription(wanted(id), CALL))).toBe('OUTCOME_UNKNOWN');
      expect(await code(provider.createSubscription(wanted(id), CALL))).toBe('ok');
    }
  });
});
