import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, Unique } from 'typeorm';
import { CloudSubscription } from './cloud-subscription';
import {
  CodeColumn,
  DateTimeColumn,
  EnumColumn,
  GeneratedColumn,
  IdColumn,
  IntColumn,
  JsonColumn,
  RefColumn,
  TextColumn,
} from './columns';
import { OperationKind, OperationState, ProvisioningErrorCode, StepName, StepState } from './enums';
import { nullable } from './fields';
import type { LineAddon } from './line';
import { Node, NodeType } from './node';
import { DateTimeScalar } from './scalars';

/**
 * Provisioning operation on a subscription, which is also the job of its worker. `dueAt` holds the next attempt or
 * the expiry of the lease; null means that the operation is finished. `token` is the fencing token: every claim
 * increments it, and every write of a worker requires the token of its claim.
 */
@Entity('operations')
@NodeType('Work on a subscription at its provider, in steps.')
@Unique('one_open_operation', ['openSlot'])
@Index(['dueAt'])
@Index(['subscriptionId', 'id'])
@Index(['orderId', 'id'])
@Index(['accountId', 'id'])
@Index(['resellerId', 'id'])
@Index(['state', 'id'])
export class ProvisioningOperation extends Node {
  @Field(() => OperationKind, { description: 'Kind of operation.' })
  @EnumColumn()
  kind!: OperationKind;

  @Field(() => OperationState, { description: 'State.' })
  @EnumColumn()
  state!: OperationState;

  @RefColumn({ nullable: true })
  orderId!: string | null;

  @RefColumn()
  @ForeignKey(() => CloudSubscription)
  subscriptionId!: string;

  @GeneratedColumn(`if(state in ('PENDING', 'RUNNING'), subscriptionId, NULL)`)
  openSlot?: string;

  @RefColumn({ nullable: true })
  requestId!: string | null;

  @RefColumn()
  accountId!: string;

  @RefColumn({ nullable: true })
  resellerId!: string | null;

  @RefColumn()
  requestedById!: string;

  /** Provider of the service, copied so that a worker claims only operations that it has capacity for. */
  @CodeColumn()
  provider!: string;

  /** Add-ons that the operation adds to those of the subscription. */
  @JsonColumn()
  addons!: LineAddon[];

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

  @Field(() => DateTimeScalar, { description: 'Time of creation.' })
  @DateTimeColumn()
  createdAt!: Date;

  @Field(() => DateTimeScalar, nullable('Time at which the operation succeeded or failed. Null until then.'))
  @DateTimeColumn({ nullable: true })
  finishedAt!: Date | null;
}

/** Step of an operation. */
@Entity('steps')
@ObjectType('ProvisioningStep', { simpleResolvers: true, description: 'One step of an operation.' })
export class OperationStep {
  @IdColumn()
  @ForeignKey(() => ProvisioningOperation)
  operationId!: string;

  @Column({ type: 'int', primary: true })
  position!: number;

  @Field(() => StepName, { description: 'Name of the step.' })
  @EnumColumn()
  name!: StepName;

  @Field(() => StepState, { description: 'State.' })
  @EnumColumn()
  state!: StepState;

  @Field(() => Int, {
    description: 'Number of calls that were started since the first attempt, or since the last manual retry.',
  })
  @IntColumn()
  attempts!: number;

  @Field(() => DateTimeScalar, nullable('Start of the first attempt. Null until then.'))
  @DateTimeColumn({ nullable: true })
  startedAt!: Date | null;

  @Field(
    () => DateTimeScalar,
    nullable('Time at which the step succeeded, failed or was skipped. Null until then.'),
  )
  @DateTimeColumn({ nullable: true })
  finishedAt!: Date | null;

  @Field(() => DateTimeScalar, nullable('Time of the next attempt. Null unless the step is RETRYING.'))
  @DateTimeColumn({ nullable: true })
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
