import { GraphQLError } from 'graphql';
import type { SecurityConfig } from '../config';
import { Buckets, type ThrottleStatus } from './buckets';
import type { Caller } from './caller';
import { Refusal } from './refusal';

/** Points that were taken from a caller's bucket for an operation. */
export interface Charge {
  readonly caller: string;
  readonly requested: number;
}

/** Cost of an operation in points: the estimate that was charged, and the cost of its answer. */
export interface Cost {
  requestedQueryCost: number;
  actualQueryCost: number;
}

/** `extensions.cost`, with the names that Shopify's API gives it. */
export interface CostReport extends Cost {
  throttleStatus: ThrottleStatus;
}

/** Cost of every request, also of one that is refused. */
const MINIMUM = 1;
/** Characters of a new document that cost a point: parsing and validation take time. */
const CHARACTERS_PER_POINT = 256;

/** Key of a caller's bucket. */
export const bucketOf = ({ actor, address }: Caller): string => (actor ? actor.userId : `address ${address}`);

/** Charges callers for requests. */
export class Ledger {
  private readonly buckets: Buckets;

  constructor(
    private readonly settings: Pick<SecurityConfig, 'costBucket' | 'costPerSecond' | 'costPerOperation'>,
  ) {
    this.buckets = new Buckets(settings.costBucket, settings.costPerSecond);
  }

  /** Charges the minimum for a request before anything of it is read. */
  open(caller: Caller): Refusal | undefined {
    const { waitMs } = this.buckets.take(bucketOf(caller), MINIMUM);
    return waitMs > 0 ? this.limited(bucketOf(caller), MINIMUM, waitMs) : undefined;
  }

  /** Charges for parsing and validating a document of this length. */
  chargeReading(caller: Caller, characters: number): void {
    this.buckets.drain(bucketOf(caller), Math.floor(characters / CHARACTERS_PER_POINT));
  }

  /** Charges an operation, whose minimum has been charged, its whole estimate. */
  charge(caller: Caller, requested: number): Charge | Refusal {
    const most = this.settings.costPerOperation;
    if (requested > most) {
      const message = `The operation can cost ${requested} points; ${most} are allowed. Request fewer items (\`first\`), or fewer fields of each.`;
      const extensions = { code: 'COST_LIMIT_EXCEEDED', cost: { requestedQueryCost: requested, most } };
      return new Refusal([new GraphQLError(message, { extensions })]);
    }
    const bucket = bucketOf(caller);
    const { waitMs } = this.buckets.take(bucket, requested - MINIMUM);
    return waitMs > 0 ? this.limited(bucket, requested, waitMs) : { caller: bucket, requested };
  }

  /** Returns the points that the answer did not cost: it costs its objects, at most the estimate and at least the minimum. */
  settle({ caller, requested }: Charge, objects: number): CostReport {
    const actual = Math.max(MINIMUM, Math.min(requested, objects));
    this.buckets.giveBack(caller, requested - actual);
    return {
      requestedQueryCost: requested,
      actualQueryCost: actual,
      throttleStatus: this.buckets.status(caller),
    };
  }

  /** Charges an answer that is sent again; false if the bucket of the caller does not hold its estimate. */
  chargeAgain(caller: Caller, { requestedQueryCost, actualQueryCost }: Cost): boolean {
    const bucket = bucketOf(caller);
    if (this.buckets.take(bucket, requestedQueryCost).waitMs > 0) return false;
    this.buckets.giveBack(bucket, requestedQueryCost - actualQueryCost);
    return true;
  }

  private limited(bucket: string, requested: number, waitMs: number): Refusal {
    const cost = { requestedQueryCost: requested, throttleStatus: this.buckets.status(bucket) };
    const message = `Rate limited: the operation can cost ${requested} points. Retry in ${waitMs} ms.`;
    const extensions = { code: 'RATE_LIMITED', retryAfterMs: waitMs, cost };
    return new Refusal([new GraphQLError(message, { extensions })], 429, waitMs);
  }
}
