import { Field, InputType } from 'type-graphql';
import { CatalogChange, CatalogImport, nullable, SimpleType } from '../../entities';
import { Payload } from './payloads';

@InputType({ description: 'Whose catalog.' })
export class CatalogImportInput {
  @Field({ description: 'The name of the provider: `impossible-cloud`.' })
  provider!: string;
}

@SimpleType('What an import would do.')
export class CatalogImportPreviewPayload extends Payload {
  @Field(() => [CatalogChange], {
    nullable: true,
    description: 'What would be done, and what would be left alone; null where nothing could be found out.',
  })
  changes!: CatalogChange[] | null;
}

@SimpleType('What became of an import.')
export class CatalogImportPayload extends Payload {
  @Field(() => CatalogImport, nullable('As it ended; null where it did not begin.'))
  catalogImport!: CatalogImport | null;
}
