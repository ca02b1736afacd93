import { Field, ID, InterfaceType, ObjectType } from 'type-graphql';
import { IdColumn } from './columns';

/** Object that can be fetched by its id. */
@InterfaceType({
  description: 'An object with a global id that `node` and `nodes` can fetch.',
  autoRegisterImplementations: true,
})
export abstract class Node {
  @Field(() => ID, {
    description: 'Opaque TypeID: a prefix for the type and a sortable suffix (`ord_01k…`).',
  })
  @IdColumn()
  id!: string;
}

/** Object type of a table whose rows are nodes. Its fields are the properties of its class. */
export const NodeType = (description: string) =>
  ObjectType({ implements: Node, simpleResolvers: true, description });
