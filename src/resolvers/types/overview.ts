import { Field, Float, Int } from 'type-graphql';
import { DateTimeScalar, OperationState, Provider, SimpleType } from '../../entities';
import { Optional } from './fields';

@SimpleType('Number of records that wait, and the age of the oldest.')
export class WaitingRecords {
  @Field(() => Int, { description: 'Number of records.' })
  count!: number;

  @Field(() => Float, { description: 'Age of the oldest record in seconds. 0 if there is none.' })
  oldestSeconds!: number;
}

@SimpleType('Unfinished operations in one state.')
export class UnfinishedOperations extends WaitingRecords {
  @Field(() => OperationState, { description: 'State: PENDING, RUNNING or FAILED.' })
  state!: OperationState;
}

@SimpleType('Orders and operations within five minutes.')
export class ThroughputPeriod {
  @Field(() => DateTimeScalar, { description: 'Start of the period.' })
  from!: Date;

  @Field(() => Int, { description: 'Number of orders placed.' })
  ordersPlaced!: number;

  @Field(() => Int, { description: 'Number of operations that succeeded.' })
  operationsSucceeded!: number;

  @Field(() => Int, {
    description: 'Number of operations that failed or were abandoned, without those that were retried.',
  })
  operationsFailed!: number;
}

@SimpleType('Operations of all accounts at one provider.')
export class ProviderHealth {
  @Field(() => Provider, { description: 'The provider.' })
  provider!: Provider;

  @Field(() => Int, { description: 'Number of operations that are PENDING or RUNNING.' })
  open!: number;

  @Field(() => Int, {
    description: 'Number of open operations whose last call failed with a temporary error. They are retried.',
  })
  retrying!: number;

  @Field(() => Int, { description: 'Number of operations that are FAILED.' })
  failed!: number;

  @Field(() => Float, {
    description:
      'Longest time in seconds that an operation has been due and not claimed by a worker. It grows while the circuit breaker of the provider is open. 0 if there is none.',
  })
  overdueSeconds!: number;

  @Optional(
    () => DateTimeScalar,
    'Time of the last success. Null if no operation has succeeded within the last hour.',
  )
  lastSucceededAt!: Date | null;
}

@SimpleType('Webhooks of all accounts.')
export class WebhookHealth {
  @Field(() => WaitingRecords, {
    description: 'Deliveries of enabled webhooks that are not delivered or given up.',
  })
  deliveries!: WaitingRecords;

  @Field(() => Int, { description: 'Number of enabled webhooks whose last attempt failed.' })
  failing!: number;

  @Field(() => Int, { description: 'Number of webhooks that are DISABLED.' })
  disabled!: number;
}

@SimpleType(
  'State of the gateway for its operators. Orders, operations, requests and changes are those that the viewer can see; providers, webhooks, mails and renewals are those of all accounts.',
)
export class OperationsOverview {
  @Field(() => DateTimeScalar, { description: 'Time at which the numbers were read.' })
  readAt!: Date;

  @Field(() => [UnfinishedOperations], {
    description:
      'Unfinished operations, with one entry for each of PENDING, RUNNING and FAILED. A failed operation ages from its failure.',
  })
  operations!: UnfinishedOperations[];

  @Field(() => Float, {
    description:
      'Longest time in seconds that an operation has been due and not claimed by a worker. 0 if there is none.',
  })
  operationsOverdueSeconds!: number;

  @Field(() => [ThroughputPeriod], {
    description: 'The last hour in 12 periods of five minutes, oldest first.',
  })
  throughput!: ThroughputPeriod[];

  @Field(() => [ProviderHealth], { description: 'Providers of the catalog, by name.' })
  providers!: ProviderHealth[];

  @Field(() => WaitingRecords, { description: 'Orders that are SUBMITTED and wait for `executeOrder`.' })
  ordersToExecute!: WaitingRecords;

  @Field(() => WaitingRecords, { description: 'Cancellation requests that the distributor has to decide.' })
  cancellationRequests!: WaitingRecords;

  @Field(() => WaitingRecords, {
    description: 'Changes of subscriptions that the distributor has to decide.',
  })
  subscriptionChanges!: WaitingRecords;

  @Field(() => WebhookHealth, { description: 'Webhooks.' })
  webhooks!: WebhookHealth;

  @Optional(
    () => WaitingRecords,
    'Mails that are not sent or given up. Null if no mail server is configured.',
  )
  mails!: WaitingRecords | null;

  @Field(() => Float, {
    description:
      'Longest time in seconds that a billing period has begun and is not charged. 0 if there is none. Does not count a period that waits for a scheduled change or cancellation.',
  })
  renewalsOverdueSeconds!: number;
}
