import { currentTime } from '../../clock';
import { OperationState } from '../../entities';
import { type ProviderBacklog, readBacklog } from '../../provisioning';
import {
  countChangesToDecide,
  countFinishedOperations,
  countOrdersToExecute,
  countPlacedOrders,
  countRequestsToDecide,
  countTroubledWebhooks,
  findLastSuccesses,
  PERIOD_SECONDS,
  PERIODS,
  type PeriodCount,
} from '../../store';
import type { ActorContext } from '../context';
import { providersOf } from '../lists/providers';
import { readGatewayLoad } from './gateway-load';

/** Orders and operations within one period. */
export interface ThroughputPeriod {
  from: Date;
  ordersPlaced: number;
  operationsSucceeded: number;
  operationsFailed: number;
}

const NONE: ProviderBacklog = { open: 0, retrying: 0, failed: 0, overdueSeconds: 0 };

/** Reads the overview: records that the caller may see, and the load of the whole gateway. */
export async function readOverview({ db, actor, catalog, mail, clock }: ActorContext) {
  const readAt = currentTime();
  const load = await readGatewayLoad(db, clock());
  const [own, orders, finished, successes, webhooks] = await Promise.all([
    readBacklog(db, actor),
    countPlacedOrders(db, actor),
    countFinishedOperations(db, actor),
    findLastSuccesses(db),
    countTroubledWebhooks(db),
  ]);
  const [ordersToExecute, cancellationRequests, subscriptionChanges] = await Promise.all([
    countOrdersToExecute(db, actor),
    countRequestsToDecide(db, actor),
    countChangesToDecide(db, actor),
  ]);
  return {
    readAt,
    operations: own.states,
    operationsOverdueSeconds: own.overdueSeconds,
    throughput: periodsBefore(readAt, orders, finished),
    providers: providersOf(catalog.current).map(provider => ({
      ...NONE,
      ...load.backlog.byProvider.get(provider.name),
      provider,
      lastSucceededAt: successes.get(provider.name) ?? null,
    })),
    ordersToExecute,
    cancellationRequests,
    subscriptionChanges,
    webhooks: { deliveries: load.deliveries, ...webhooks },
    mails: mail ? load.mails : null,
    renewalsOverdueSeconds: load.renewalsOverdueSeconds,
  };
}

/** Overview of the gateway at one time. */
export type Overview = Awaited<ReturnType<typeof readOverview>>;

function periodsBefore(
  until: Date,
  orders: readonly PeriodCount[],
  finished: readonly (PeriodCount & { state: OperationState })[],
): ThroughputPeriod[] {
  const succeeded = finished.filter(({ state }) => state === OperationState.SUCCEEDED);
  const failed = finished.filter(({ state }) => state !== OperationState.SUCCEEDED);
  return Array.from({ length: PERIODS }, (_, index) => {
    const ago = PERIODS - 1 - index;
    return {
      from: new Date(until.getTime() - (ago + 1) * PERIOD_SECONDS * 1000),
      ordersPlaced: countOf(orders, ago),
      operationsSucceeded: countOf(succeeded, ago),
      operationsFailed: countOf(failed, ago),
    };
  });
}

const countOf = (counts: readonly PeriodCount[], ago: number): number =>
  counts.reduce((sum, each) => sum + (each.ago === ago ? each.count : 0), 0);
