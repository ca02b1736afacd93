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
@SimpleType("What a service's provider knows of an account.")
export class ServiceAccount {
  @IdColumn()
  @ForeignKey(() => Account)
  accountId!: string;

  @IdColumn()
  @ForeignKey(() => Service)
  serviceId!: string;

  @Field(() => SyncState, { description: 'How far the provider agrees.' })
  @EnumColumn()
  state!: SyncState;

  @Field(() => String, nullable("The provider's own id of the account."))
  @TextColumn({ nullable: true })
  externalId!: string | null;

  @Field(() => String, nullable('Why synchronizing failed, for a person.'))
  @TextColumn({ nullable: true, length: 1000 })
  error!: string | null;

  /** Code of the fault behind `error`. After REJECTED the provider has no such account. */
  @EnumColumn({ nullable: true })
  errorCode!: ProvisioningErrorCode | null;

  @Field(() => DateTimeScalar, nullable('When the provider last agreed.'))
  @DateTimeColumn({ nullable: true })
  syncedAt!: Date | null;

  /** Operation that synchronizes the account now. Others wait, so that the account is not created twice. */
  @RefColumn({ nullable: true })
  heldBy!: string | null;
}
