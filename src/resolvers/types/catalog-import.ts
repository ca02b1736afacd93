import { Field, InputType, ObjectType } from 'type-graphql';
import { CatalogChange, CatalogImport } from '../../entities';
import { Payload } from './payloads';

@InputType({ description: 'Provider whose catalog is imported.' })
export class CatalogImportInput {
  @Field({ description: 'Name of the provider: `impossible-cloud`.' })
  provider!: string;
}

@ObjectType({ simpleResolvers: true, description: 'Preview of a catalog import.' })
export class CatalogImportPreviewPayload extends Payload {
  @Field(() => [CatalogChange], {
    nullable: true,
    description:
      'Changes that the import would make, and differences that it would keep. Null if the catalog could not be read.',
  })
  changes!: CatalogChange[] | null;
}

@ObjectType({ simpleResolvers: true, description: 'Result of a catalog import.' })
export class CatalogImportPayload extends Payload {
  @Field(() => CatalogImport, {
    nullable: true,
    description: 'The finished import. Null if it did not start.',
  })
  catalogImport!: CatalogImport | null;
}
