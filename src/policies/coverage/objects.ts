import type { FieldDecisions } from './field-decisions';

/** Decisions for every field of every object type. */
export const objects: Readonly<Record<string, FieldDecisions>> = {
  // `notifications` are for the user and its account too.
  User: {
    own: 'id name',
    asks: 'email roles account',
    named: 'deputy',
    administrators: 'version active notifications deputyFrom deputyUntil',
  },
  Account: {
    own: 'id version kind name email billing active createdAt serviceAccounts',
    named: 'accountManager',
    payer: 'externalReference',
    administrators: 'priceList',
    asks: 'reseller subscriptions orders users invitations',
  },
  BillingDetails: { own: 'company vatNumber email addressLine1 addressLine2 city postalCode country' },
  ServiceAccount: { own: 'state externalId error syncedAt', catalog: 'service' },
  ApiKey: {
    own: 'id name scopes createdAt expiresAt lastUsedAt revokedAt',
    follows: 'account',
    named: 'user createdBy',
  },
  Invitation: {
    own: 'id email name roles state sentAt expiresAt',
    follows: 'mail',
    named: 'invitedBy',
    asks: 'user',
  },
  Mail: { own: 'id to subject state attempts error createdAt sentAt' },
  Webhook: {
    own: `id version url description eventTypes state disabledReason disabledAt failingSince previousSecretUntil
      createdAt everyAccount`,
    follows: 'account',
    named: 'createdBy',
  },
  WebhookDelivery: {
    own: `id cursor eventType state attempts responseStatus error createdAt firstAttemptAt nextAttemptAt
      deliveredAt`,
    follows: 'webhook',
  },
  AuditEntry: {
    own: 'seq type occurredAt message',
    named: 'by',
    asks: 'account order subscription operation cancellationRequest',
  },
  Category: { catalog: 'id version slug name description position parent children products' },
  Product: {
    catalog: 'id version state sku slug name description capacityBytes position service category addons',
    amount: 'prices retailPrices payerPrices',
    administrators: 'assignedAddons providerAttributes listedPrices',
  },
  Addon: {
    catalog: 'id version state sku name description incrementBytes minQuantity maxQuantity',
    amount: 'prices retailPrices payerPrices',
    administrators: 'providerAttributes listedPrices',
  },
  ProviderAttribute: { own: 'name value' },
  PriceList: { own: 'id code currency isDefault' },
  ListedPrice: { own: 'billingCycle unitPrice version validFrom', catalog: 'priceList', named: 'setBy' },
  PastPrice: {
    own: 'billingCycle unitPrice version validFrom validUntil',
    catalog: 'priceList',
    named: 'setBy',
  },
  CatalogImport: {
    own: 'id provider state total done changes error startedAt finishedAt',
    named: 'startedBy',
  },
  CatalogChange: { own: 'kind item code field from to position reason' },
  Service: {
    catalog: `id code name quantityLimit allowMultipleSubscriptions recipientKinds cancellationPolicy
      changePolicies provider products`,
  },
  ChangePolicy: { own: 'kind decision' },
  Provider: { catalog: 'id name services' },
  // Numbers of all accounts: they name none.
  ProviderHealth: { own: 'open retrying failed overdueSeconds lastSucceededAt', catalog: 'provider' },
  WebhookHealth: { own: 'deliveries failing disabled' },
  WaitingRecords: { own: 'count oldestSeconds' },
  UnfinishedOperations: { own: 'state count oldestSeconds' },
  ThroughputPeriod: { own: 'from ordersPlaced operationsSucceeded operationsFailed' },
  // Counts rows that the viewer may see, and the load of the whole gateway.
  OperationsOverview: {
    own: 'readAt webhooks mails providers renewalsOverdueSeconds',
    asks: `operations operationsOverdueSeconds throughput ordersToExecute cancellationRequests
      subscriptionChanges`,
  },
  EventTypeInfo: { catalog: 'name description everyAccount' },
  RecurringAmount: { own: 'billingCycle amount' },
  Price: { own: 'billingCycle unitPrice' },
  Money: { own: 'amount currency' },
  Basket: {
    own: 'id version step lines billing billingConfirmedAt problems updatedAt',
    amount: 'total recurring',
    asks: 'recipient recipients',
  },
  BasketLine: {
    own: 'id billingCycle quantity friendlyName addons capacityBytes',
    amount: 'unitPrice total',
    catalog: 'product',
    asks: 'subscription',
  },
  BasketAddon: { own: 'quantity', amount: 'unitPrice total', catalog: 'addon' },
  Order: {
    own: 'id number version source state placedAt executedAt completedAt lines availableActions',
    payer: 'billing externalReference purchaseOrderNumber',
    amount: 'total recurring',
    follows: 'recipient operations',
    asks: 'reseller',
    named: 'placedBy executedBy',
  },
  OrderLine: {
    own: 'id billingCycle quantity friendlyName addons',
    amount: 'unitPrice total',
    catalog: 'product',
    asks: 'subscription',
  },
  OrderAddon: { own: 'quantity', amount: 'unitPrice total', catalog: 'addon' },
  OrderActionAvailability: { own: 'action allowed blockedBy' },
  CloudSubscription: {
    own: `id version friendlyName state syncState billingCycle addons capacityBytes externalId
      currentPeriodEnd createdAt activatedAt suspendedAt cancelledAt availableActions`,
    payer: 'externalReference suspensionReason nextCharge',
    amount: 'recurringTotal',
    catalog: 'product',
    follows: 'account order operations cancellationRequest change',
    asks: 'reseller charges',
  },
  CloudSubscriptionAddon: { own: 'quantity', catalog: 'addon' },
  CloudSubscriptionActionAvailability: { own: 'action allowed blockedBy' },
  CancellationRequest: {
    own: 'id version state awaiting timing reason requestedAt decidedAt decisionNote effectiveAt completedAt',
    follows: 'subscription',
    named: 'requestedBy decidedBy',
  },
  SubscriptionChange: {
    own: `id version kinds state awaiting from to timing effectiveAt reason requestedAt decidedAt decisionNote
      completedAt`,
    follows: 'subscription operation',
    named: 'requestedBy decidedBy',
  },
  SubscriptionContents: { own: 'addons capacityBytes', amount: 'recurringTotal', catalog: 'product' },
  SubscriptionChangePreview: {
    own: 'kinds from to effectiveAt needsDecision',
    payer: 'dueNow credit nextCharge',
  },
  UpcomingCharge: { own: 'at amount' },
  Charge: {
    own: `id seq kind periodStart periodEnd quantity unitPrice amount reason createdAt`,
    catalog: 'product addon',
    follows: 'account subscription order',
    asks: 'reverses',
  },
  ChargeTotal: { own: 'amount count', follows: 'account' },
  ProvisioningOperation: {
    own: 'id kind state steps progress trackId createdAt finishedAt',
    follows: 'order subscription',
  },
  ProvisioningStep: { own: 'name state attempts startedAt finishedAt nextAttemptAt error' },
  ProvisioningError: { own: 'code message providerCode retryable' },
  ProvisioningSnapshot: { own: 'cursor truncated', asks: 'operations' },
  ProvisioningUpdate: {
    own: 'cursor occurredAt step stepState operationState message',
    asks: 'operation',
  },
  StreamReset: { own: 'cursor reason' },
  CancellationSnapshot: { own: 'cursor truncated', asks: 'requests' },
  CancellationUpdate: { own: 'cursor occurredAt', asks: 'request' },
  OrderSnapshot: { own: 'cursor truncated', asks: 'orders' },
  OrderUpdate: { own: 'cursor type occurredAt', asks: 'order' },
  CloudSubscriptionSnapshot: { own: 'cursor truncated', asks: 'subscriptions' },
  CloudSubscriptionUpdate: { own: 'cursor type occurredAt', asks: 'subscription' },
};
