import { Field, Int } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { CodeColumn, EnumColumn, IntColumn, JsonColumn, TextColumn } from './columns';
import { AccountKind, CancellationPolicy } from './enums';
import { Node, NodeType } from './node';

/** Cloud service and its ordering rules. The rules are data: no service has code of its own in the order flow. */
@Entity('services')
@NodeType(
  'A cloud service and its ordering rules. The rules are data: the order flow has no code for a particular service.',
)
export class Service extends Node {
  @Field({ description: 'Unique code: `impossible-cloud-storage`.' })
  @CodeColumn({ unique: true, length: 64 })
  code!: string;

  @Field({ description: 'Display name.' })
  @TextColumn()
  name!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Maximum number of licenses of a base product on one order line. Null for no limit.',
  })
  @IntColumn({ nullable: true })
  quantityLimit!: number | null;

  @Field({ description: 'True if a recipient can hold several live subscriptions of the service at a time.' })
  @Column({ type: 'boolean' })
  allowMultipleSubscriptions!: boolean;

  @Field(() => [AccountKind], { description: 'Kinds of account that can receive the service.' })
  @JsonColumn()
  recipientKinds!: AccountKind[];

  @Field(() => CancellationPolicy, { description: 'Handling of cancellation requests.' })
  @EnumColumn()
  cancellationPolicy!: CancellationPolicy;

  /** Name of the provider's client in `app.ts`. */
  @CodeColumn()
  provider!: string;

  /** Name of the service at the provider: `ServiceType` on the wire. */
  @CodeColumn({ length: 64 })
  providerServiceType!: string;
}
