import type {
  ProviderAddon,
  ProviderBillingCycle,
  ProviderRequester,
  ProviderSubscription,
} from '../subscription';
import { toAccount } from './to-account';
import type {
  ActionType,
  AddonDefinition,
  AttributeList,
  BillingCycleDefinition,
  RequestedBy,
  ServiceDefinition,
} from './wire';

/** Change that a call makes: to the subscription, to its add-ons, or none (`checkOnly`). */
export interface Intent {
  action: ActionType;
  /** Action for the add-ons marked `change`. */
  changed: ActionType;
  /** Action for the other add-ons. Defaults to None. */
  others?: ActionType;
  checkOnly?: boolean;
}

const DURATIONS: Record<ProviderBillingCycle, BillingCycleDefinition> = {
  MONTHLY: { Duration: '1', DurationType: 'Month' },
  ANNUALLY: { Duration: '1', DurationType: 'Year' },
  TWO_YEARS: { Duration: '2', DurationType: 'Year' },
  THREE_YEARS: { Duration: '3', DurationType: 'Year' },
};

/** Complete subscription in the form of the contract. */
export function toService(subscription: ProviderSubscription, intent: Intent): ServiceDefinition {
  const externalId = subscription.externalId ?? null;
  return {
    ID: externalId,
    SubscriptionID: subscription.id,
    OriginalSubscriptionID: null,
    Name: subscription.name,
    ServiceType: subscription.serviceType,
    ProductID: subscription.productId,
    ActionType: intent.action,
    Quantity: subscription.quantity,
    Account: toAccount(subscription.account),
    AttributeList: toAttributes(subscription.attributes, false),
    Addons: subscription.addons
      .filter(({ quantity }) => quantity > 0)
      .map(addon => toAddon(addon, externalId, intent)),
    IsTest: false,
    AllowMultipleSubscriptions: subscription.allowMultiple,
    IsFromOrder: true,
    BillingCycle: DURATIONS[subscription.billingCycle],
    CheckOverusage: false,
    Derivative: 1,
    CustomFieldValues: {},
    ExtraDetails: {},
    IsTrial: false,
    CheckOnly: intent.checkOnly ?? false,
    ...(subscription.requestedBy && { RequestedBy: toRequester(subscription.requestedBy) }),
  };
}

function toAddon(addon: ProviderAddon, parent: string | null, intent: Intent): AddonDefinition {
  return {
    ID: null,
    ParentID: parent,
    Name: addon.name,
    ProductID: addon.productId,
    ActionType: addon.change ? intent.changed : (intent.others ?? 'None'),
    Quantity: addon.quantity,
    AttributeList: toAttributes(addon.attributes, true),
    ExtraDetails: {},
  };
}

function toAttributes(attributes: Record<string, string>, perUnit: boolean): AttributeList {
  const extra = { Code: '', QuantityLinked: perUnit, ExtraParameters: {} };
  return Object.fromEntries(
    Object.entries(attributes).map(([id, value]) => [id, { ID: id, Name: id, Value: value, ...extra }]),
  );
}

function toRequester(person: ProviderRequester): RequestedBy {
  const [first = '', ...rest] = person.name.trim().split(/\s+/);
  return {
    // The id of the contract is an integer. Ours rarely is one, and a strict provider would reject a string.
    ...(/^\d{1,9}$/.test(person.id) && { ID: Number(person.id) }),
    FirstName: first,
    LastName: rest.join(' '),
    DisplayName: person.name,
    Email: person.email,
    Type: person.via,
  };
}
