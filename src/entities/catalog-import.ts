import { Field } from 'type-graphql';
import { Entity } from 'typeorm';
import { RefColumn } from './columns';
import { CatalogChangeKind, CatalogImportState, CatalogItemKind } from './enums';
import { nullable, SimpleType } from './fields';
import { Node, NodeType } from './node';
import { CodeField, DateTimeField, EnumField, IntField, JsonField, TextField } from './shown-columns';

/** Change that an import makes, or difference that it leaves alone. */
@SimpleType('A change that a catalog import makes, or a difference that it keeps.')
export class CatalogChange {
  @Field(() => CatalogChangeKind, { description: 'Kind of change.' })
  kind!: CatalogChangeKind;

  @Field(() => CatalogItemKind, { description: 'Kind of item.' })
  item!: CatalogItemKind;

  @Field(() => String, {
    nullable: true,
    description:
      'Id of the item at the provider: the SKU of a product or an add-on. Null for a rejected entry without one.',
  })
  code!: string | null;

  @Field(() => String, nullable('Name of the changed value. Null if the change concerns the whole item.'))
  field!: string | null;

  @Field(
    () => String,
    nullable('Previous value in the catalog. A price is an amount and its currency: `19.00 EUR`.'),
  )
  from!: string | null;

  @Field(() => String, nullable('Value of the provider, written like `from`.'))
  to!: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Position in the provider's catalog: `services[0].plans[2]`. Null unless rejected.",
  })
  position!: string | null;

  @Field(() => String, nullable('Reason for the rejection. Null unless rejected.'))
  reason!: string | null;
}

/** Import of a provider's catalog, with the changes made so far. */
@Entity('catalog_imports')
@NodeType('An import of the catalog of a provider, with its progress.')
export class CatalogImport extends Node {
  @CodeField('Name of the provider.')
  provider!: string;

  @EnumField(() => CatalogImportState, 'State of the import.')
  state!: CatalogImportState;

  /** User who started the import. Null for the command line. */
  @RefColumn({ nullable: true })
  userId!: string | null;

  @IntField('Number of services that the provider offers or no longer offers.')
  total!: number;

  @IntField('Number of services that have been processed.')
  done!: number;

  @JsonField(() => [CatalogChange], 'Changes made and differences kept so far.')
  changes!: CatalogChange[];

  @TextField('Human-readable reason for the failure. Null unless the import has failed.', {
    nullable: true,
    length: 1000,
  })
  error!: string | null;

  @DateTimeField('Start of the import.')
  startedAt!: Date;

  @DateTimeField('End of the import. Null while it runs.', { nullable: true })
  finishedAt!: Date | null;
}
