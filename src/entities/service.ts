import { Field, Int } from 'type-graphql';
import { Column, Entity } from 'typeorm';
import { CodeColumn, EnumColumn, IntColumn, JsonColumn, TextColumn } from './columns';
import { AccountKind, CancellationPolicy } from './enums';
import { Node, NodeType } from './node';

/** Cloud service and its ordering rules. The rules are data: no service has code of its own in the order flow. */
@Entity('services')
@NodeType(
  'A kind of cloud service and its ordering rules. The rules are data: no service has code of its own in the order flow.',
)
export class Service extends Node {
  @Field({ description: 'For programs: `impossible-cloud-storage`.' })
  @CodeColumn({ unique: true, length: 64 })
  code!: string;

  @Field({ description: 'For people.' })
  @TextColumn()
  name!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'Licenses of a base product that one order line may hold; null means unlimited.',
  })
  @IntColumn({ nullable: true })
  quantityLimit!: number | null;

  @Field({ description: 'False: a recipient can hold one live subscription of this service at a time.' })
  @Column({ type: 'boolean' })
  allowMultipleSubscriptions!: boolean;

  @Field(() => [AccountKind], { description: 'The kinds of account that may receive the service.' })
  @JsonColumn()
  recipientKinds!: AccountKind[];

  @Field(() => CancellationPolicy, { description: 'What happens to a cancellation request.' })
  @EnumColumn()
  cancellationPolicy!: CancellationPolicy;

  /** Name of the provider's client in `app.ts`. */
  @CodeColumn()
  provider!: string;

  /** Name of the service at the provider: `ServiceType` on the wire. */
  @CodeColumn({ length: 64 })
  providerServiceType!: string;
}
