import { Field, InputType } from 'type-graphql';

@InputType()
abstract class ProviderTarget {
  @Field({ description: 'Name of the provider: `impossible-cloud`.' })
  provider!: string;
}

@InputType({ description: 'Provider whose catalog is previewed.' })
export class PreviewCatalogImportInput extends ProviderTarget {}

@InputType({ description: 'Provider whose catalog is imported.' })
export class ImportCatalogInput extends ProviderTarget {}
