import { Field, ID, Int } from 'type-graphql';
import { Entity } from 'typeorm';
import {
  CodeColumn,
  DateTimeColumn,
  EnumColumn,
  IdColumn,
  IntColumn,
  JsonColumn,
  RefColumn,
  TextColumn,
} from './columns';
import { CatalogChangeKind, CatalogImportState, CatalogItemKind } from './enums';
import { nullable, SimpleType } from './fields';
import { DateTimeScalar } from './scalars';

/** Change that an import makes, or difference that it leaves alone. */
@SimpleType('One thing that an import of a catalog does, or leaves alone.')
export class CatalogChange {
  @Field(() => CatalogChangeKind, { description: 'What is done.' })
  kind!: CatalogChangeKind;

  @Field(() => CatalogItemKind, { description: 'To what.' })
  item!: CatalogItemKind;

  @Field({
    description:
      "The provider's own id of it: the SKU of a product or an add-on. Empty for a rejected entry without one.",
  })
  code!: string;

  @Field(() => String, nullable('Which value of it; null for all of it.'))
  field!: string | null;

  @Field(() => String, nullable('The value here, before.'))
  from!: string | null;

  @Field(() => String, nullable("The provider's value."))
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
@SimpleType("An import of a provider's catalog, with how far it is.")
export class CatalogImport {
  @Field(() => ID, { description: 'Its id.' })
  @IdColumn()
  id!: string;

  @Field({ description: 'The name of the provider.' })
  @CodeColumn()
  provider!: string;

  @Field(() => CatalogImportState, { description: 'How far it is.' })
  @EnumColumn()
  state!: CatalogImportState;

  /** User who started the import. Null for the command line. */
  @RefColumn({ nullable: true })
  userId!: string | null;

  @Field(() => Int, { description: 'Services that the provider offers, or no longer does.' })
  @IntColumn()
  total!: number;

  @Field(() => Int, { description: 'Those of them that are done.' })
  @IntColumn()
  done!: number;

  @Field(() => [CatalogChange], { description: 'What was done, and what was left alone, so far.' })
  @JsonColumn()
  changes!: CatalogChange[];

  @Field(() => String, nullable('Why it failed, for a person.'))
  @TextColumn({ nullable: true, length: 1000 })
  error!: string | null;

  @Field(() => DateTimeScalar, { description: 'When it began.' })
  @DateTimeColumn()
  startedAt!: Date;

  @Field(() => DateTimeScalar, nullable('When it ended.'))
  @DateTimeColumn({ nullable: true })
  finishedAt!: Date | null;
}
