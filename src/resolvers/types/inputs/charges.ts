import { Field, ID, InputType } from 'type-graphql';
import { BigIntScalar, ChargeKind, DecimalScalar } from '../../../entities';
import { KEY, Optional } from '../fields';
import { DateTimeRange } from './filters';

@InputType({ description: 'Filter of charges. A charge has to match every condition that is set.' })
export class ChargeFilter {
  @Optional(() => ID, 'Charges that this account pays.')
  accountId?: string | null;

  @Optional(() => ID, 'Charges of this subscription.')
  subscriptionId?: string | null;

  @Optional(() => ID, 'Charges of the licenses and add-ons of this order.')
  orderId?: string | null;

  @Optional(() => [ChargeKind], 'Kinds to include. Defaults to all.')
  kinds?: ChargeKind[] | null;

  @Optional(() => DateTimeRange, 'Time of creation.')
  createdAt?: DateTimeRange | null;

  @Optional(() => DateTimeRange, 'Start of the time that is charged or given back.')
  periodStart?: DateTimeRange | null;

  @Optional(
    () => BigIntScalar,
    'Charges with a greater `seq`, for exports. Pass the last one that was read: no charge appears behind it later.',
  )
  afterSeq?: string | null;
}

@InputType({ description: 'Input of `createAdjustment`.' })
export class CreateAdjustmentInput {
  @Field(() => ID, { description: 'Id of the subscription, in any state.' })
  subscriptionId!: string;

  @Field(() => DecimalScalar, {
    description: 'Amount in units of the currency of the subscription. Negative gives money back. Not 0.',
  })
  amount!: string;

  @Field({ description: 'Reason, 1 to 1000 characters. The payer sees it.' })
  reason!: string;

  @Field({ description: KEY })
  idempotencyKey!: string;
}
