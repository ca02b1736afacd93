import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, Unique } from 'typeorm';
import type { LineAddon } from './basket';
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
import { Node } from './node';
import { DateTimeScalar } from './scalars';

/**
 * What is being done about a subscription, and the job that does it. `dueAt` is next attempt, lease expiry and reminder
 * in one; null means that nothing is to be done. `token` is the fence: whoever claims the row raises it, and every
 * write of a worker names the one that it holds.
 */
@Entity('operations')
@ObjectType({
  implements: Node,
  simpleResolvers: true,
  description: 'What is being done about a subscription at its provider.',
})
@Unique('one_open_operation', ['openSlot'])
@Index(['dueAt'])
@Index(['subscriptionId', 'id'])
@Index(['orderId', 'id'])
@Index(['accountId', 'id'])
@Index(['resellerId', 'id'])
@Index(['state', 'id'])
export class ProvisioningOperation extends Node {
  @IdColumn()
  override id!: string;

  @Field(() => OperationKind, { description: 'What it is for.' })
  @EnumColumn()
  kind!: OperationKind;

  @Field(() => OperationState, { description: 'How far it is.' })
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

  /** Copied from the service, so that a worker claims only what it has room for. */
  @CodeColumn()
  provider!: string;

  /** Add-ons that it brings, on top of what the subscription holds. */
  @JsonColumn()
  addons!: LineAddon[];

  @Field(() => ID, { description: 'Sent to the provider with every call, and in every log line.' })
  @CodeColumn()
  trackId!: string;

  /** The position of the step that comes next; absolute, so that a repeated write cannot skip one. */
  @IntColumn()
  position!: number;

  @DateTimeColumn({ nullable: true })
  dueAt!: Date | null;

  @IntColumn()
  token!: number;

  /** Claims since it last got on: one that is claimed again and again, and never does, is stopped. */
  @IntColumn({ default: 0 })
  claims!: number;

  /** The claim that holds it, for people who look at the table. */
  @CodeColumn({ nullable: true, length: 64 })
  owner!: string | null;

  @Field(() => DateTimeScalar, { description: 'When it was asked for.' })
  @DateTimeColumn()
  createdAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it succeeded or stopped.' })
  @DateTimeColumn({ nullable: true })
  finishedAt!: Date | null;
}

/** One step of an operation. */
@Entity('steps')
@ObjectType('ProvisioningStep', { simpleResolvers: true, description: 'One step of an operation.' })
export class OperationStep {
  @IdColumn()
  @ForeignKey(() => ProvisioningOperation)
  operationId!: string;

  @Column({ type: 'int', primary: true })
  position!: number;

  @Field(() => StepName, { description: 'What the step does.' })
  @EnumColumn()
  name!: StepName;

  @Field(() => StepState, { description: 'How far it is.' })
  @EnumColumn()
  state!: StepState;

  @Field(() => Int, {
    description: 'Calls begun since it was first tried, or since it was last retried by a person.',
  })
  @IntColumn()
  attempts!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the first attempt began.' })
  @DateTimeColumn({ nullable: true })
  startedAt!: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it succeeded, failed or was skipped.' })
  @DateTimeColumn({ nullable: true })
  finishedAt!: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When it is tried again, while it is RETRYING.',
  })
  @DateTimeColumn({ nullable: true })
  nextAttemptAt!: Date | null;

  @EnumColumn({ nullable: true })
  errorCode!: ProvisioningErrorCode | null;

  @TextColumn({ nullable: true, length: 1000 })
  errorMessage!: string | null;

  /** The provider's own code. */
  @IntColumn({ nullable: true })
  errorProviderCode!: number | null;

  /** The provider has accepted the call and works on it: what to ask it with. Only the provider's client can read it. */
  @Column({ type: 'text', nullable: true })
  ticket!: string | null;
}
