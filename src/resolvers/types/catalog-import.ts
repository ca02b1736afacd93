import { Field, InputType } from 'type-graphql';
import { CatalogChange, CatalogImport, SimpleType } from '../../entities';
import { definePayload, Payload } from './payloads';

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

export const CatalogImportPayload = definePayload(
  'catalogImport',
  CatalogImport,
  'What became of an import.',
  { field: 'As it ended; null where it did not begin.' },
);
