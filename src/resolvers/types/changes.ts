import { Field, ObjectType } from 'type-graphql';
import {
  CancellationPolicy,
  type ChangeContents,
  ChangeKind,
  DateTimeScalar,
  Money,
  SimpleType,
} from '../../entities';
import { UpcomingCharge } from './charges';
import { Optional, PAYER_ONLY } from './fields';

@SimpleType('Policy of a service for one kind of change.')
export class ChangePolicy {
  @Field(() => ChangeKind, { description: 'Kind of change.' })
  kind!: ChangeKind;

  @Field(() => CancellationPolicy, {
    description: 'Handling of changes of the kind. `CancellationPolicy` says who decides.',
  })
  decision!: CancellationPolicy;
}

/** Contents before or after a change. `contents.resolver.ts` has its fields. */
@ObjectType({ description: 'Product and add-ons of a subscription before or after a change.' })
export class SubscriptionContents {
  contents!: ChangeContents;
  currency!: string;
  subscriptionId!: string;

  static of(contents: ChangeContents, currency: string, subscriptionId: string): SubscriptionContents {
    return Object.assign(new SubscriptionContents(), { contents, currency, subscriptionId });
  }
}

@SimpleType('Effect that a change would have now. A request with the same input has exactly this effect.')
export class SubscriptionChangePreview {
  @Field(() => [ChangeKind], { description: 'Kinds of the change.' })
  kinds!: ChangeKind[];

  @Field(() => SubscriptionContents, { description: 'Contents now.' })
  from!: SubscriptionContents;

  @Field(() => SubscriptionContents, { description: 'Contents after the change.' })
  to!: SubscriptionContents;

  @Field(() => DateTimeScalar, {
    description: 'Time at which the change takes effect if it is accepted at once.',
  })
  effectiveAt!: Date;

  @Field({ description: 'True if another party has to decide on the change.' })
  needsDecision!: boolean;

  @Optional(
    () => Money,
    `Amount that is charged when the change takes effect: the rest of the running billing period. 0 at the end of the period.${PAYER_ONLY}`,
  )
  dueNow!: Money | null;

  @Optional(
    () => Money,
    `Amount that is given back when the change takes effect, not negative. 0 at the end of the period.${PAYER_ONLY}`,
  )
  credit!: Money | null;

  @Optional(() => UpcomingCharge, `Charges of the next billing period after the change.${PAYER_ONLY}`)
  nextCharge!: UpcomingCharge | null;
}
