import { Field } from 'type-graphql';
import { CloudSubscriptionAction, nullable, OrderAction, SimpleType } from '../../entities';
import { UserError } from '../../errors';

const BLOCKED = 'The error that the mutation would give right now; null where it is allowed.';

@SimpleType('Whether an action is possible right now.')
export class OrderActionAvailability {
  @Field(() => OrderAction, { description: 'The action.' })
  action!: OrderAction;

  @Field({ description: 'Whether its mutation would do it.' })
  allowed!: boolean;

  @Field(() => UserError, nullable(BLOCKED))
  blockedBy!: UserError | null;
}

@SimpleType('Whether an action is possible right now.')
export class CloudSubscriptionActionAvailability {
  @Field(() => CloudSubscriptionAction, { description: 'The action.' })
  action!: CloudSubscriptionAction;

  @Field({ description: 'Whether its mutation would do it.' })
  allowed!: boolean;

  @Field(() => UserError, nullable(BLOCKED))
  blockedBy!: UserError | null;
}
