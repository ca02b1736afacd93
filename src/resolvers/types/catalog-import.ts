import { Field, InputType, ObjectType } from 'type-graphql';
import { CatalogChange, CatalogImport } from '../../entities';
import { Payload } from './payloads';

@InputType({ description: 'Whose catalog.' })
export class CatalogImportInput {
  @Field({ description: 'The name of the provider: `impossible-cloud`.' })
  provider!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What an import would do.' })
export class CatalogImportPreviewPayload extends Payload {
  @Field(() => [CatalogChange], {
    nullable: true,
    description: 'What would be done, and what would be left alone; null where nothing could be found out.',
  })
  changes!: CatalogChange[] | null;
}

@ObjectType({ simpleResolvers: true, description: 'What became of an import.' })
export class CatalogImportPayload extends Payload {
  @Field(() => CatalogImport, { nullable: true, description: 'As it ended; null where it did not begin.' })
  catalogImport!: CatalogImport | null;
}
