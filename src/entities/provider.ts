import { Field } from 'type-graphql';
import { Node, NodeType } from './node';
import { Service } from './service';

/** Provider of services of the catalog. It is configured and has no row. */
@NodeType('A provider of cloud services, to which the gateway is connected.')
export class Provider extends Node {
  @Field({ description: 'Name for `importCatalog`: `impossible-cloud`.' })
  name!: string;

  @Field(() => [Service], { description: 'Services of the provider.' })
  services!: readonly Service[];
}
