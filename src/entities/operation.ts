import { Field, ID, ObjectType } from 'type-graphql';
import { Column, Entity, Index, Unique } from 'typeorm';
import { CloudSubscription } from './cloud-subscription';
import {
  CodeColumn,
  DateTimeColumn,
  EnumColumn,
  ForeignColumn,
  GeneratedColumn,
  IdColumn,
  IntColumn,
  JsonColumn,
  RefColumn,
  TextColumn,
} from './columns';
import { OperationKind, OperationState, ProvisioningErrorCode, StepName, StepState } from './enums';
import type { LineAddon } from './line';
import { Node, NodeType } from './node';
import { DateTimeField, EnumField, IntField } from './shown-columns';

/**
 * Provisioning operation on a subscription, which is also the job of its worker. `dueAt` holds the next attempt or
 * the expiry of the lease; null means that the operation is finished. `token` is the fencing token: every claim
 * increments it, and every write of a worker requires the token of its claim.
 */
@Entity('operations')
@NodeType('Work on a subscription at its provider, in steps.')
@Unique('one_open_operation', ['openSlot'])
@Unique('one_undo_of_an_operation', ['undoes'])
@Index(['dueAt'])
@Index(['subscriptionId', 'id'])
@Index(['orderId', 'id'])
@Index('operations_by_change', ['changeId'])
@Index(['accountId', 'id'])
@Index(['resellerId', 'id'])
@Index(['state', 'id'])
@Index('operations_by_finish', ['finishedAt'])
export class ProvisioningOperation extends Node {
  @EnumField(() => OperationKind, 'Kind of operation.')
  kind!: OperationKind;

  @EnumField(() => OperationState, 'State.')
  state!: OperationState;

  @RefColumn({ nullable: true })
  orderId!: string | null;

  @ForeignColumn(() => CloudSubscription)
  subscriptionId!: string;

  @GeneratedColumn(`if(state in ('PENDING', 'RUNNING'), subscriptionId, NULL)`)
  openSlot?: string;

  @RefColumn({ nullable: true })
  requestId!: string | null;

  @RefColumn({ nullable: true })
  changeId!: string | null;

  /** Abandoned operation that an UNDO undoes. Unique: an operation is undone once. */
  @RefColumn({ nullable: true })
  undoes!: string | null;

  @RefColumn()
  accountId!: string;

  @RefColumn({ nullable: true })
  resellerId!: string | null;

  @RefColumn()
  requestedById!: string;

  /** Provider of the service, copied so that a worker claims only operations that it has capacity for. */
  @CodeColumn()
  provider!: string;

  /** Add-ons that the operation adds to those of the subscription, or that the operation which it undoes was to add. */
  @JsonColumn()
  addons!: LineAddon[];

  /** Reason of a SUSPEND. The subscription gets it when the provider has confirmed. */
  @TextColumn({ nullable: true, length: 1000 })
  suspensionReason!: string | null;

  @Field(() => ID, {
    description:
      'Tracking id. Sent to the provider with every call and contained in every log line of the operation.',
  })
  @CodeColumn()
  trackId!: string;

  /** Position of the next step. Absolute, so that a repeated write cannot skip a step. */
  @IntColumn()
  position!: number;

  @DateTimeColumn({ nullable: true })
  dueAt!: Date | null;

  @IntColumn()
  token!: number;

  /** Claims since the last progress. An operation that exceeds the limit is a poison message and fails. */
  @IntColumn({ default: 0 })
  claims!: number;

  /** Id of the current claim. Null while nobody holds the operation. */
  @CodeColumn({ nullable: true, length: 64 })
  owner!: string | null;

  @DateTimeField('Time of creation.')
  createdAt!: Date;

  @DateTimeField('Time at which the operation succeeded, failed or was abandoned. Null until then.', {
    nullable: true,
  })
  finishedAt!: Date | null;
}

/** Step of an operation. */
@Entity('steps')
@ObjectType('ProvisioningStep', { simpleResolvers: true, description: 'One step of an operation.' })
export class OperationStep {
  @IdColumn(() => ProvisioningOperation)
  operationId!: string;

  @Column({ type: 'int', primary: true })
  position!: number;

  @EnumField(() => StepName, 'Name of the step.')
  name!: StepName;

  @EnumField(() => StepState, 'State.')
  state!: StepState;

  @IntField('Number of calls that were started since the first attempt, or since the last manual retry.')
  attempts!: number;

  @DateTimeField('Start of the first attempt. Null until then.', { nullable: true })
  startedAt!: Date | null;

  @DateTimeField('Time at which the step succeeded, failed or was skipped. Null until then.', {
    nullable: true,
  })
  finishedAt!: Date | null;

  @DateTimeField('Time of the next attempt. Null unless the step is RETRYING.', { nullable: true })
  nextAttemptAt!: Date | null;

  @EnumColumn({ nullable: true })
  errorCode!: ProvisioningErrorCode | null;

  @TextColumn({ nullable: true, length: 1000 })
  errorMessage!: string | null;

  /** Error code of the provider. */
  @IntColumn({ nullable: true })
  errorProviderCode!: number | null;

  /** Handle to poll work that the provider has accepted. Only the client of the provider can read it. */
  @Column({ type: 'text', nullable: true })
  ticket!: string | null;
}
