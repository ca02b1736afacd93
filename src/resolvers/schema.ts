import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync, type PubSub } from 'type-graphql';
import { DateTimeScalar } from '../entities';
import * as errors from '../errors';
import { AccountResolver, ServiceAccountResolver } from './account.resolver';
import { administrationResolvers } from './admin';
import { ApiKeyResolver } from './api-key.resolver';
import { AuditResolver } from './audit.resolver';
import { BasketLineResolver, BasketResolver } from './basket.resolver';
import { callDirectly } from './call-directly';
import { CancellationResolver } from './cancellation.resolver';
import { AddonResolver, CategoryResolver, ProductResolver, ServiceResolver } from './catalog.resolver';
import { CatalogImportResolver } from './catalog-import.resolver';
import { ChangeResolver } from './change.resolver';
import { ChargeConnectionResolver, ChargeResolver, ChargeTotalResolver } from './charge.resolver';
import { ContentsResolver } from './contents.resolver';
import { DeputyResolver } from './deputy.resolver';
import {
  ActiveSubscriptionExistsResolver,
  CancellationAlreadyRequestedResolver,
  ChangeAlreadyRequestedResolver,
} from './error.resolver';
import { guard } from './guards';
import { IdentityResolver } from './identity.resolver';
import { AccountInvitationsResolver, InvitationResolver } from './invitation.resolver';
import { MailResolver } from './mail.resolver';
import { NodeResolver } from './node.resolver';
import { NotificationResolver } from './notification.resolver';
import { OrderLineResolver, OrderResolver } from './order.resolver';
import { OverviewResolver } from './overview.resolver';
import { ProvisioningResolver, StepResolver } from './provisioning.resolver';
import {
  AccountReferenceResolver,
  OrderReferenceResolver,
  SubscriptionReferenceResolver,
} from './reference.resolver';
import { RetailResolver } from './retail.resolver';
import { StreamResolver } from './stream.resolver';
import { SubscriptionAddonResolver, SubscriptionResolver } from './subscription.resolver';
import { WebhookDeliveryResolver, WebhookResolver } from './webhook.resolver';

/** Placeholder that type-graphql requires for subscriptions, which read the event log instead. */
const unused: PubSub = {
  publish: () => {
    throw new Error('Events are recorded, not published.');
  },
  subscribe: () => {
    throw new Error('Streams read the event log.');
  },
};

/** Builds the schema with the policies applied to every root field. */
export function buildGraph(): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [
      IdentityResolver,
      NodeResolver,
      OverviewResolver,
      AccountResolver,
      ServiceAccountResolver,
      CategoryResolver,
      ServiceResolver,
      ProductResolver,
      AddonResolver,
      CatalogImportResolver,
      BasketResolver,
      BasketLineResolver,
      OrderResolver,
      OrderLineResolver,
      SubscriptionResolver,
      SubscriptionAddonResolver,
      AccountReferenceResolver,
      OrderReferenceResolver,
      SubscriptionReferenceResolver,
      CancellationResolver,
      ChangeResolver,
      ContentsResolver,
      ChargeResolver,
      ChargeConnectionResolver,
      ChargeTotalResolver,
      StreamResolver,
      ProvisioningResolver,
      StepResolver,
      ApiKeyResolver,
      AuditResolver,
      RetailResolver,
      ...administrationResolvers,
      InvitationResolver,
      AccountInvitationsResolver,
      MailResolver,
      NotificationResolver,
      DeputyResolver,
      WebhookResolver,
      WebhookDeliveryResolver,
      ActiveSubscriptionExistsResolver,
      CancellationAlreadyRequestedResolver,
      ChangeAlreadyRequestedResolver,
    ],
    orphanedTypes: [
      errors.SimpleError,
      errors.ActiveSubscriptionExistsError,
      errors.QuantityLimitError,
      errors.VersionConflictError,
      errors.CancellationAlreadyRequestedError,
      errors.ChangeAlreadyRequestedError,
      errors.ProviderRejectedError,
    ],
    scalarsMap: [{ type: Date, scalar: DateTimeScalar }],
    // Values are checked where the rules are, and refused as data that names the field.
    validate: false,
    pubSub: unused,
  });
  return guard(callDirectly(schema));
}
