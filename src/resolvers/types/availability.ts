import { Field } from 'type-graphql';
import { CloudSubscriptionAction, OrderAction, SimpleType } from '../../entities';
import { UserError } from '../../errors';
import { Optional } from './fields';

const BLOCKED = 'Error that the mutation would return now. Null if the action is allowed.';

@SimpleType('Availability of an action to the viewer.')
export class OrderActionAvailability {
  @Field(() => OrderAction, { description: 'The action.' })
  action!: OrderAction;

  @Field({ description: 'True if the mutation of the action would succeed now.' })
  allowed!: boolean;

  @Optional(() => UserError, BLOCKED)
  blockedBy!: UserError | null;
}

@SimpleType('Availability of an action to the viewer.')
export class CloudSubscriptionActionAvailability {
  @Field(() => CloudSubscriptionAction, { description: 'The action.' })
  action!: CloudSubscriptionAction;

  @Field({ description: 'True if the mutation of the action would succeed now.' })
  allowed!: boolean;

  @Optional(() => UserError, BLOCKED)
  blockedBy!: UserError | null;
}
