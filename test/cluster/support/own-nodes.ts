import { desk, license, newAccount } from '../../support/desk';
import { newKey } from '../../support/shop';
import { atOnce, own } from './at-once';
import { effects, expectComplete, expectSameEverywhere, outcome } from './checks';
import type { Lab } from './lab';

/** Gives each gateway a database node of its own. */
export async function giveOwnNodes({ cluster: { gateways, database } }: Lab): Promise<void> {
  for (const [index, gateway] of gateways.entries()) {
    await gateway.stop();
    const node = database.nodes[index];
    if (node) await gateway.start({ DATABASE_URL: database.urlOf(node) });
  }
}

/** One customer checks out on all gateways at once: one subscription. */
export async function expectOneSubscription(lab: Lab): Promise<void> {
  const rounds = 15;
  for (let round = 0; round < rounds; round += 1) {
    const customer = await newAccount(lab.rows, `Three ${round}`);
    const baskets = await Promise.all(lab.cluster.gateways.map(({ url }) => own(lab, url, customer)));
    const answers = await Promise.all(baskets.map(checkout => checkout(newKey())));
    const codes = answers.flatMap(({ errors }) => errors.map(({ code }: { code: string }) => code));
    expect(answers.filter(({ order }) => order)).toHaveLength(1);
    expect(codes).toEqual(['ACTIVE_SUBSCRIPTION_EXISTS', 'ACTIVE_SUBSCRIPTION_EXISTS']);
  }
  await lab.settled();
  expect(await outcome(lab, 'three-')).toEqual([
    { state: 'COMPLETED', subscription: 'ACTIVE', syncState: 'SYNCED', n: rounds },
  ]);
}

/** Orders of two lines on all gateways: no event is skipped, no operation runs twice, and every order ends. */
export async function expectEachOnce(lab: Lab): Promise<void> {
  const { gateways } = lab.cluster;
  const readers = await Promise.all(gateways.map(({ url }) => lab.reader(url)));
  const customers = await lab.customers('Across', 100);
  await lab.everywhere();
  await lab.provider.clear();
  const lines = [license('Backups', { 'IC-ADD-1TB': 2 }), license('Server', {}, 'CB-SERVER')];
  await atOnce(9, customers, async ({ id }, nth) => {
    const manager = desk(lab.asManager(gateways[nth % 3]?.url));
    await manager.execute(await manager.place(id, ...lines));
  });
  await lab.settled();
  const n = customers.length;
  expect(await outcome(lab, 'across-')).toEqual([
    { state: 'COMPLETED', subscription: 'ACTIVE', syncState: 'SYNCED', n: 2 * n },
  ]);
  expect(await effects(lab)).toEqual({
    'account.created x1': n,
    'subscription.created x1': 2 * n,
    'addon.set x1': n,
  });
  await expectComplete(lab, readers);
  await expectSameEverywhere(lab);
}
