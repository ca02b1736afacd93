import { Entity, Index, Unique } from 'typeorm';
import { CloudSubscription } from './cloud-subscription';
import { DateTimeColumn, EnumColumn, ForeignColumn, GeneratedColumn, IntColumn, RefColumn } from './columns';
import { CancellationRequestState, CancellationTiming, Decider } from './enums';
import { Node, NodeType } from './node';
import { DateTimeField, EnumField, TextField, VersionField } from './shown-columns';
import { User } from './user';

/** Request to end a subscription. At most one is open per subscription: `openSlot` is unique. */
@Entity('cancellation_requests')
@NodeType('A request to cancel a subscription. `awaiting` names the party that decides on it.')
@Unique('one_open_cancellation_request', ['openSlot'])
@Index(['accountId', 'id'])
@Index(['resellerId', 'id'])
@Index(['state', 'effectiveAt'])
@Index(['state', 'id'])
export class CancellationRequest extends Node {
  @VersionField()
  version!: number;

  @EnumField(() => CancellationRequestState, 'State of the request.')
  state!: CancellationRequestState;

  /** Decider of a PENDING request; meaningless in other states. The default is for requests of the previous version. */
  @EnumColumn({ nullable: true, default: Decider.DISTRIBUTOR })
  awaiting!: Decider | null;

  /** Time at which the first decider passed the request on. Null unless that has happened. */
  @DateTimeColumn({ nullable: true })
  forwardedAt!: Date | null;

  @ForeignColumn(() => CloudSubscription)
  subscriptionId!: string;

  @GeneratedColumn(`if(state in ('PENDING', 'ACCEPTED'), subscriptionId, NULL)`)
  openSlot?: string;

  /** Account of the subscription, copied so that visibility needs no join. */
  @RefColumn()
  accountId!: string;

  @RefColumn({ nullable: true })
  resellerId!: string | null;

  @EnumField(() => CancellationTiming, 'Time at which an accepted cancellation takes effect.')
  timing!: CancellationTiming;

  @TextField('Reason of the requester. Null if none was given.', { nullable: true, length: 1000 })
  reason!: string | null;

  @ForeignColumn(() => User)
  requestedById!: string;

  @DateTimeField('Time of the request.')
  requestedAt!: Date;

  @RefColumn({ nullable: true })
  decidedById!: string | null;

  @DateTimeField('Time of the decision. Null until then.', { nullable: true })
  decidedAt!: Date | null;

  @TextField(
    'Reason of the decision. While the request awaits DISTRIBUTOR, the note of the reseller that accepted it. Null if none was given.',
    { nullable: true, length: 1000 },
  )
  decisionNote!: string | null;

  @DateTimeField(
    'End of the billing period at which an accepted request takes effect. Null before the decision, for an immediate cancellation, and once the cancellation is carried out.',
    { nullable: true },
  )
  effectiveAt!: Date | null;

  @DateTimeField('Time at which the provider confirmed the end of the subscription. Null until then.', {
    nullable: true,
  })
  completedAt!: Date | null;

  /** Level of the last reminder of the decider. `mail/notify/escalation.ts` lists them. */
  @IntColumn({ default: 0 })
  escalation!: number;
}
