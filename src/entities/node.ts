import { Field, ID, InterfaceType, ObjectType } from 'type-graphql';
import { IdColumn } from './columns';

/** Object that can be fetched by its id. */
@InterfaceType({
  description: 'Anything that can be fetched again by its id, through `node` and `nodes`.',
  autoRegisterImplementations: true,
})
export abstract class Node {
  @Field(() => ID, {
    description: 'Opaque TypeID: a prefix that tells the type, then a sortable part (`ord_01k…`).',
  })
  @IdColumn()
  id!: string;
}

/** Object type of a table whose rows are nodes. Its fields are the properties of its class. */
export const NodeType = (description: string) =>
  ObjectType({ implements: Node, simpleResolvers: true, description });
