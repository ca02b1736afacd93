import { Field, Int } from 'type-graphql';
import { Entity, ForeignKey, Index, Unique } from 'typeorm';
import { CloudSubscription } from './cloud-subscription';
import { DateTimeColumn, EnumColumn, GeneratedColumn, IntColumn, RefColumn, TextColumn } from './columns';
import { CancellationRequestState, CancellationTiming } from './enums';
import { nullable } from './fields';
import { Node, NodeType } from './node';
import { DateTimeScalar } from './scalars';
import { User } from './user';

/** Request to end a subscription. At most one is open per subscription: `openSlot` is unique. */
@Entity('cancellation_requests')
@NodeType('A request to cancel a subscription. The account manager decides on it.')
@Unique('one_open_cancellation_request', ['openSlot'])
@Index(['accountId', 'id'])
@Index(['resellerId', 'id'])
@Index(['state', 'effectiveAt'])
@Index(['state', 'id'])
export class CancellationRequest extends Node {
  @Field(() => Int, {
    description: 'Increments with every change. Pass it as `expectedVersion` to reject concurrent edits.',
  })
  @IntColumn()
  version!: number;

  @Field(() => CancellationRequestState, { description: 'State of the request.' })
  @EnumColumn()
  state!: CancellationRequestState;

  @RefColumn()
  @ForeignKey(() => CloudSubscription)
  subscriptionId!: string;

  @GeneratedColumn(`if(state in ('PENDING', 'ACCEPTED'), subscriptionId, NULL)`)
  openSlot?: string;

  /** Account of the subscription, copied so that visibility needs no join. */
  @RefColumn()
  accountId!: string;

  @RefColumn({ nullable: true })
  resellerId!: string | null;

  @Field(() => CancellationTiming, { description: 'Time at which an accepted cancellation takes effect.' })
  @EnumColumn()
  timing!: CancellationTiming;

  @Field(() => String, nullable('Reason of the requester. Null if none was given.'))
  @TextColumn({ nullable: true, length: 1000 })
  reason!: string | null;

  @RefColumn()
  @ForeignKey(() => User)
  requestedById!: string;

  @Field(() => DateTimeScalar, { description: 'Time of the request.' })
  @DateTimeColumn()
  requestedAt!: Date;

  @RefColumn({ nullable: true })
  decidedById!: string | null;

  @Field(() => DateTimeScalar, nullable('Time of the decision. Null until then.'))
  @DateTimeColumn({ nullable: true })
  decidedAt!: Date | null;

  @Field(() => String, nullable('Reason of the decision. Null if none was given.'))
  @TextColumn({ nullable: true, length: 1000 })
  decisionNote!: string | null;

  /** Time at which an accepted request takes effect. Null once its DEPROVISION operation exists. */
  @DateTimeColumn({ nullable: true })
  effectiveAt!: Date | null;

  @Field(
    () => DateTimeScalar,
    nullable('Time at which the provider confirmed the end of the subscription. Null until then.'),
  )
  @DateTimeColumn({ nullable: true })
  completedAt!: Date | null;
}
