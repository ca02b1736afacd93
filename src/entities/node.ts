import { Field, ID, InterfaceType } from 'type-graphql';

/** Object that can be fetched by its id. */
@InterfaceType({
  description: 'Anything that can be fetched again by its id, through `node` and `nodes`.',
  autoRegisterImplementations: true,
})
export abstract class Node {
  @Field(() => ID, {
    description: 'Opaque TypeID: a prefix that tells the type, then a sortable part (`ord_01k…`).',
  })
  id!: string;
}
