import { Entity } from 'typeorm';
import { Account } from './account';
import { EnumColumn, IdColumn, RefColumn } from './columns';
import { type ProvisioningErrorCode, SyncState } from './enums';
import { SimpleType } from './fields';
import { Service } from './service';
import { DateTimeField, EnumField, TextField } from './shown-columns';

/** Account as the provider of a service knows it. Created by the first operation that needs it. */
@Entity('service_accounts')
@SimpleType('The record of an account at the provider of a service.')
export class ServiceAccount {
  @IdColumn(() => Account)
  accountId!: string;

  @IdColumn(() => Service)
  serviceId!: string;

  @EnumField(() => SyncState, 'Synchronization with the provider.')
  state!: SyncState;

  @TextField('Id of the account at the provider. Null until the provider has assigned one.', {
    nullable: true,
  })
  externalId!: string | null;

  @TextField('Human-readable reason why the synchronization failed. Null if it has not.', {
    nullable: true,
    length: 1000,
  })
  error!: string | null;

  /** Code of the fault behind `error`. After REJECTED the provider has no such account. */
  @EnumColumn({ nullable: true })
  errorCode!: ProvisioningErrorCode | null;

  @DateTimeField('Time of the last successful synchronization. Null until then.', { nullable: true })
  syncedAt!: Date | null;

  /** Operation that synchronizes the account now. Others wait, so that the account is not created twice. */
  @RefColumn({ nullable: true })
  heldBy!: string | null;
}
