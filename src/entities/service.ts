import { Field } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { CodeColumn, JsonColumn } from './columns';
import { AccountKind, CancellationPolicy, type ChangeKind } from './enums';
import { Node, NodeType } from './node';
import { CodeField, EnumField, IntField, JsonField, TextField } from './shown-columns';

/** Cloud service and its ordering rules. The rules are data: no service has code of its own in the order flow. */
@Entity('services')
@NodeType(
  'A cloud service and its ordering rules. The rules are data: the order flow has no code for a particular service.',
)
export class Service extends Node {
  @CodeField('Unique code: `impossible-cloud-storage`.', { unique: true, length: 64 })
  code!: string;

  @TextField('Display name.')
  name!: string;

  @IntField('Maximum number of licenses of a base product on one order line. Null for no limit.', {
    nullable: true,
  })
  quantityLimit!: number | null;

  @Field({ description: 'True if a recipient can hold several live subscriptions of the service at a time.' })
  @Column({ type: 'boolean' })
  allowMultipleSubscriptions!: boolean;

  @JsonField(() => [AccountKind], 'Kinds of account that can receive the service.')
  recipientKinds!: AccountKind[];

  @EnumField(() => CancellationPolicy, 'Handling of cancellation requests.')
  cancellationPolicy!: CancellationPolicy;

  /** Policies for changes, by kind. A kind without an entry has the default of `policies/change-policies.ts`. */
  @JsonColumn({ nullable: true })
  changePolicies!: Partial<Record<ChangeKind, CancellationPolicy>> | null;

  /** Name of the provider's client in `app.ts`. */
  @CodeColumn()
  provider!: string;

  /** Name of the service at the provider: `ServiceType` on the wire. */
  @CodeColumn({ length: 64 })
  providerServiceType!: string;
}
