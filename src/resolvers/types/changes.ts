import { Field, ObjectType } from 'type-graphql';
import {
  CancellationPolicy,
  type ChangeContents,
  ChangeKind,
  DateTimeScalar,
  SimpleType,
} from '../../entities';

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
}
