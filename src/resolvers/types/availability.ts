import { Field } from 'type-graphql';
import { CloudSubscriptionAction, nullable, OrderAction, SimpleType } from '../../entities';
import { UserError } from '../../errors';

const BLOCKED = 'Error that the mutation would return now. Null if the action is allowed.';

@SimpleType('Availability of an action to the viewer.')
export class OrderActionAvailability {
  @Field(() => OrderAction, { description: 'The action.' })
  action!: OrderAction;

  @Field({ description: 'True if the mutation of the action would succeed now.' })
  allowed!: boolean;

  @Field(() => UserError, nullable(BLOCKED))
  blockedBy!: UserError | null;
}

@SimpleType('Availability of an action to the viewer.')
export class CloudSubscriptionActionAvailability {
  @Field(() => CloudSubscriptionAction, { description: 'The action.' })
  action!: CloudSubscriptionAction;

  @Field({ description: 'True if the mutation of the action would succeed now.' })
  allowed!: boolean;

  @Field(() => UserError, nullable(BLOCKED))
  blockedBy!: UserError | null;
}
