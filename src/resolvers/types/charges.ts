import { Field, Int } from 'type-graphql';
import { DateTimeScalar, Money, SimpleType } from '../../entities';

@SimpleType('Charges that the next billing period of a subscription will have.')
export class UpcomingCharge {
  @Field(() => DateTimeScalar, { description: 'Start of the next billing period.' })
  at!: Date;

  @Field(() => Money, { description: 'Sum of its charges.' })
  amount!: Money;
}

/** Sum of charges. `charge.resolver.ts` has the payer. */
@SimpleType('Sum of the charges of one payer in one currency.')
export class ChargeTotal {
  accountId!: string;

  @Field(() => Money, { description: 'Sum of the amounts. Equals the sum of the lines.' })
  amount!: Money;

  @Field(() => Int, { description: 'Number of charges.' })
  count!: number;
}
