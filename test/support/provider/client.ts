import { createImpossibleCloud } from '../../../src/providers/impossible-cloud';
import type { ProviderAccount, ProviderSubscription } from '../../../src/providers/subscription';
import { atTheEnd } from '../cleanup';
import { CREDENTIALS } from '../credentials';

/** The application that the simulator knows. */
export const APPLICATION = CREDENTIALS;
export const CALL = { trackId: 'track-1' };

/** A client of `baseUrl`. Its timeout is generous unless the test sets one. */
export function client(
  baseUrl: string,
  more: { timeoutMs?: number; applicationId?: string; apiKey?: string } = {},
) {
  const provider = createImpossibleCloud({
    baseUrl,
    ...APPLICATION,
    timeoutMs: 10_000,
    maxSockets: 8,
    ...more,
  });
  atTheEnd(() => provider.close());
  return provider;
}

export function reseller(more: Partial<ProviderAccount> = {}): ProviderAccount {
  return {
    id: 'account-1200',
    name: 'Skyline IT',
    email: 'Sales@Skyline.example',
    role: 'Reseller',
    address: { line1: 'Hauptstr. 2', city: 'Hamburg', postalCode: '20095', country: 'DE' },
    ...more,
  };
}

export function customer(more: Partial<ProviderAccount> = {}): ProviderAccount {
  return {
    id: 'account-2777',
    name: 'Alpine Dental',
    email: 'it@alpine.example',
    role: 'User',
    company: 'Alpine Dental GmbH',
    address: { line1: 'Weg 1', line2: 'Hof', city: 'Berlin', postalCode: '10115', country: 'DE' },
    ...more,
  };
}

export function subscription(more: Partial<ProviderSubscription> = {}): ProviderSubscription {
  return {
    id: 'subscription-1',
    name: 'Acme backup storage',
    serviceType: 'ImpossibleCloudStorage',
    productId: 'IC-BASE-1TB',
    quantity: 1,
    billingCycle: 'MONTHLY',
    attributes: { storage_gb: '1000' },
    account: customer(),
    allowMultiple: false,
    addons: [],
    ...more,
  };
}

export function addon(productId: string, quantity: number, change: boolean, held = 0) {
  return { productId, name: productId, quantity, held, attributes: { storage_gb: '1000' }, change };
}
