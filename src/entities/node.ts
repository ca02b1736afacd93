import { Field, ID, InterfaceType } from 'type-graphql';

/** Object that can be fetched by its id. */
@InterfaceType({
  description: 'An object with a global id that `node` and `nodes` can fetch.',
  autoRegisterImplementations: true,
})
export abstract class Node {
  @Field(() => ID, {
    description: 'Opaque TypeID: a prefix for the type and a sortable suffix (`ord_01k…`).',
  })
  id!: string;
}
