import { GraphQLError } from 'graphql';
import type { SecurityConfig } from '../config';
import { limitKey } from '../policies';
import { Buckets, type ThrottleStatus } from './buckets';
import type { Caller } from './caller';
import { RequestRefusal } from './request-refusal';

/** Points charged to a caller's bucket for an operation. */
export interface Charge {
  readonly caller: string;
  readonly requested: number;
}

/** Cost of an operation in points: the charged estimate, and the cost of its answer. */
export interface Cost {
  requestedQueryCost: number;
  actualQueryCost: number;
}

/** `extensions.cost`, in the format of Shopify's API. */
export interface CostReport extends Cost {
  throttleStatus: ThrottleStatus;
}

/** Minimum cost of every request, refused ones included. */
const MINIMUM = 1;
/** Number of characters of a new document that cost one point for parsing and validation. */
const CHARACTERS_PER_POINT = 256;

/** Maximum number of keys of addresses that are reused. */
const MAX_ADDRESS_KEYS = 10_000;
/** Keys by address. A string that is reused is hashed once. */
const addressKeys = new Map<string, string>();

/** Key of a caller's rate limit bucket: the user or the API key, or the address without a token. */
export const bucketKey = ({ actor, address }: Caller): string =>
  actor ? limitKey(actor) : (addressKeys.get(address) ?? addressKey(address));

function addressKey(address: string): string {
  const key = `address ${address}`;
  if (addressKeys.size >= MAX_ADDRESS_KEYS) addressKeys.clear();
  addressKeys.set(address, key);
  return key;
}

/** Enforces the cost limit of operations and the rate limit of callers. */
export class CostLimiter {
  private readonly buckets: Buckets;

  constructor(
    private readonly settings: Pick<SecurityConfig, 'costBucket' | 'costPerSecond' | 'costPerOperation'>,
  ) {
    this.buckets = new Buckets(settings.costBucket, settings.costPerSecond);
  }

  /** Charges the minimum cost before the document is read. Refuses if the bucket is empty. */
  chargeMinimum(caller: Caller): RequestRefusal | undefined {
    const bucket = bucketKey(caller);
    const waitMs = this.buckets.take(bucket, MINIMUM);
    return waitMs > 0 ? this.rateLimited(bucket, MINIMUM, waitMs) : undefined;
  }

  /** Charges the parsing and validation of a document of this length. */
  chargeParsing(caller: Caller, characters: number): void {
    this.buckets.takeUpTo(bucketKey(caller), Math.floor(characters / CHARACTERS_PER_POINT));
  }

  /** Charges the estimate of an operation, less the minimum that is charged already. */
  charge(caller: Caller, requested: number): Charge | RequestRefusal {
    const most = this.settings.costPerOperation;
    if (requested > most) {
      const message = `The operation can cost ${requested} points; ${most} are allowed. Request fewer items (\`first\`), or fewer fields of each.`;
      const extensions = { code: 'COST_LIMIT_EXCEEDED', cost: { requestedQueryCost: requested, most } };
      return new RequestRefusal([new GraphQLError(message, { extensions })]);
    }
    const bucket = bucketKey(caller);
    const waitMs = this.buckets.take(bucket, requested - MINIMUM);
    return waitMs > 0 ? this.rateLimited(bucket, requested, waitMs) : { caller: bucket, requested };
  }

  /** Settles a charge: the answer costs its objects, between the minimum and the estimate. Refunds the difference. */
  settle({ caller, requested }: Charge, objects: number): CostReport {
    const actual = Math.max(MINIMUM, Math.min(requested, objects));
    this.buckets.refund(caller, requested - actual);
    return {
      requestedQueryCost: requested,
      actualQueryCost: actual,
      throttleStatus: this.buckets.status(caller),
    };
  }

  /** Charges a cached answer. False if the bucket of the caller does not hold its estimate. */
  chargeCached(caller: Caller, { requestedQueryCost, actualQueryCost }: Cost): boolean {
    const refund = requestedQueryCost - actualQueryCost;
    return this.buckets.take(bucketKey(caller), requestedQueryCost, refund) === 0;
  }

  private rateLimited(bucket: string, requested: number, waitMs: number): RequestRefusal {
    const cost = { requestedQueryCost: requested, throttleStatus: this.buckets.status(bucket) };
    const message = `Rate limited: the operation can cost ${requested} points. Retry in ${waitMs} ms.`;
    const extensions = { code: 'RATE_LIMITED', retryAfterMs: waitMs, cost };
    return new RequestRefusal([new GraphQLError(message, { extensions })], 429, waitMs);
  }
}
