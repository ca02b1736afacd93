import type { CloudSubscriptionState, SyncState } from '../../src/entities';
import type { ProviderHolding } from '../../src/providers';
import type { Job } from '../../src/provisioning/job';
import { planRepair } from '../../src/provisioning/reconcile/repair';
import { compare } from '../../src/provisioning/reconcile/rules';

/** A subscription of the product `BASE` with two add-ons `MORE`. */
const owned = (state: CloudSubscriptionState, syncState: SyncState = 'SYNCED') =>
  ({
    subscription: { state, syncState },
    product: { sku: 'BASE' },
    heldAddons: [{ addonId: 'add_more', quantity: 2 }],
    catalog: { addon: () => ({ sku: 'MORE' }) },
  }) as unknown as Job;
const EQUAL = { live: true, suspended: false, productId: 'BASE', addons: { MORE: 2 } };
const GONE = { live: false };

/** Differences, unverifiable aspects, and the operation of a repair, of a push, and of both. */
function plan(job: Job, holding: ProviderHolding, canSuspend = true) {
  const comparison = compare(job, holding, canSuspend);
  const planned = (repair: boolean, push: boolean) => planRepair(comparison, { repair, push });
  return [
    comparison.findings.map(({ difference }) => difference),
    comparison.unverifiable,
    [planned(true, false), planned(false, true), planned(true, true)],
  ];
}

const NOTHING = [null, null, null];

test.each<[string, CloudSubscriptionState, ProviderHolding, unknown]>([
  ['equal', 'ACTIVE', EQUAL, [[], [], NOTHING]],
  ['equal and leaving', 'PENDING_CANCELLATION', EQUAL, [[], [], NOTHING]],
  ['ended at both', 'CANCELLED', GONE, [[], [], NOTHING]],
  ['ended here', 'CANCELLED', EQUAL, [['ORPHANED'], [], ['DEPROVISION', null, 'DEPROVISION']]],
  ['ended there', 'ACTIVE', GONE, [['MISSING'], [], NOTHING]],
  ['suspended there', 'ACTIVE', { ...EQUAL, suspended: true }, [['SUSPENSION_DIFFERS'], [], NOTHING]],
  ['suspended here', 'SUSPENDED', EQUAL, [['SUSPENSION_DIFFERS'], [], ['SUSPEND', null, 'SUSPEND']]],
  [
    'another product that is not named',
    'ACTIVE',
    { ...EQUAL, productId: null },
    [['PRODUCT_DIFFERS'], [], ['CHANGE', null, 'CHANGE']],
  ],
  [
    'another product and other add-ons',
    'ACTIVE',
    { ...EQUAL, productId: 'OTHER', addons: {} },
    [['PRODUCT_DIFFERS', 'ADDONS_DIFFER'], [], ['CHANGE', null, 'CHANGE']],
  ],
  [
    'other add-ons of a suspended one',
    'SUSPENDED',
    { ...EQUAL, suspended: true, addons: {} },
    [['ADDONS_DIFFER'], [], NOTHING],
  ],
  [
    'add-ons that are not reported',
    'ACTIVE',
    { live: true, suspended: false, productId: 'BASE' },
    [[], ['ADDONS'], [null, 'ADD_ADDONS', 'ADD_ADDONS']],
  ],
  [
    'a product that is not reported, and other add-ons',
    'ACTIVE',
    { live: true, suspended: false, addons: {} },
    [['ADDONS_DIFFER'], ['PRODUCT'], ['ADD_ADDONS', 'CHANGE', 'CHANGE']],
  ],
  [
    'nothing that is reported',
    'ACTIVE',
    { live: true },
    [[], ['ADDONS', 'PRODUCT', 'SUSPENSION'], [null, 'CHANGE', 'CHANGE']],
  ],
  [
    'nothing that is reported of a suspended one',
    'SUSPENDED',
    { live: true },
    [[], ['ADDONS', 'PRODUCT', 'SUSPENSION'], NOTHING],
  ],
])('%s (%s here)', (_, state, holding, expected) => {
  expect(plan(owned(state), holding)).toEqual(expected);
});

test('a provider without suspension has none to report', () => {
  const holding = { live: true, productId: 'BASE', addons: { MORE: 2 } };
  expect(plan(owned('ACTIVE'), holding, false)).toEqual([[], [], NOTHING]);
});

test.each<[CloudSubscriptionState, ProviderHolding, unknown]>([
  ['ACTIVE', EQUAL, ['ADD_ADDONS', null, 'ADD_ADDONS']],
  [
    'ACTIVE',
    { ...EQUAL, addons: undefined } as unknown as ProviderHolding,
    [null, 'ADD_ADDONS', 'ADD_ADDONS'],
  ],
  ['SUSPENDED', { ...EQUAL, suspended: true }, NOTHING],
  ['CANCELLED', GONE, ['DEPROVISION', null, 'DEPROVISION']],
])(
  'an abandoned operation of one that is %s here is settled where nothing is left open',
  (state, holding, planned) => {
    const [findings, , operations] = plan(owned(state, 'FAILED'), holding);
    expect([findings, operations]).toEqual([['SYNC_FAILED'], planned]);
  },
);
