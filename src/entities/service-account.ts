import { Field } from 'type-graphql';
import { Entity, ForeignKey } from 'typeorm';
import { Account } from './account';
import { DateTimeColumn, EnumColumn, IdColumn, RefColumn, TextColumn } from './columns';
import { type ProvisioningErrorCode, SyncState } from './enums';
import { nullable, SimpleType } from './fields';
import { DateTimeScalar } from './scalars';
import { Service } from './service';

/** Account as the provider of a service knows it. Created by the first operation that needs it. */
@Entity('service_accounts')
@SimpleType('The record of an account at the provider of a service.')
export class ServiceAccount {
  @IdColumn()
  @ForeignKey(() => Account)
  accountId!: string;

  @IdColumn()
  @ForeignKey(() => Service)
  serviceId!: string;

  @Field(() => SyncState, { description: 'Synchronization with the provider.' })
  @EnumColumn()
  state!: SyncState;

  @Field(
    () => String,
    nullable('Id of the account at the provider. Null until the provider has assigned one.'),
  )
  @TextColumn({ nullable: true })
  externalId!: string | null;

  @Field(() => String, nullable('Human-readable reason why the synchronization failed. Null if it has not.'))
  @TextColumn({ nullable: true, length: 1000 })
  error!: string | null;

  /** Code of the fault behind `error`. After REJECTED the provider has no such account. */
  @EnumColumn({ nullable: true })
  errorCode!: ProvisioningErrorCode | null;

  @Field(() => DateTimeScalar, nullable('Time of the last successful synchronization. Null until then.'))
  @DateTimeColumn({ nullable: true })
  syncedAt!: Date | null;

  /** Operation that synchronizes the account now. Others wait, so that the account is not created twice. */
  @RefColumn({ nullable: true })
  heldBy!: string | null;
}
