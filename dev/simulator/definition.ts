import { SERVICE_TYPES, type ServiceType } from './catalog';
import type { CatalogItem } from './items';

/** Result of `fields/servicedefinition`. Billing cycle 0 is a month, 1 a year. */
export function serviceDefinition(): object {
  return { ProductTypes: SERVICE_TYPES.map(productType) };
}

function productType(type: ServiceType): object {
  return {
    ID: type.id,
    Name: type.name,
    PortalUrl: null,
    Derivative: 1,
    AllowMultipleSubscriptions: type.allowMultiple,
    QuantityLimit: type.quantityLimit,
    QuantityLimitLocked: type.quantityLimit > 0,
    Scope: 0,
    AutoExecuteSubscriptionCancelRequest: type.cancelsAtOnce,
    AutoExecuteAddonCancelRequest: type.cancelsAtOnce,
    AttributeList: [
      {
        ID: 'storage_gb',
        Name: 'Storage',
        Kind: 'Numeric',
        Usage: 'ProductCharacteristic',
        IsRequired: true,
      },
    ],
    ProductsCollection: {
      Products: type.products.map(product => ({
        ...common(product),
        IsActivated: type.offered,
        UnitType: 'License',
        TrialEnabled: false,
        RelatedProducts: [],
      })),
      Addons: type.addons.map(addon => ({
        ...common(addon),
        IsActivated: type.offered,
        Products: type.products.map(product => product.id),
        UsageType: 'Allocated',
        ChargeRule: 'Partial',
      })),
    },
  };
}

function common(item: CatalogItem): object {
  const units = [
    { BillingCycle: 0, Cost: item.monthly * 0.8, Price: item.monthly },
    { BillingCycle: 1, Cost: item.annually * 0.8, Price: item.annually },
  ];
  return {
    ID: item.id,
    Code: item.id,
    Name: item.name,
    UnitBillingCycles: [0, 1],
    Attributes: [{ ID: 'storage_gb', Values: [String(item.storageGb)] }],
    Prices: [{ Currency: 'EUR', Units: units }],
  };
}
