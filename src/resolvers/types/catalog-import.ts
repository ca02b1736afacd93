import { Field, InputType } from 'type-graphql';
import { CatalogChange, CatalogImport, SimpleType } from '../../entities';
import { Optional } from './fields';
import { definePayload, Payload } from './payloads';

@InputType({ description: 'Provider whose catalog is imported.' })
export class CatalogImportInput {
  @Field({ description: 'Name of the provider: `impossible-cloud`.' })
  provider!: string;
}

@SimpleType('Preview of a catalog import.')
export class CatalogImportPreviewPayload extends Payload {
  @Optional(
    () => [CatalogChange],
    'Changes that the import would make, and differences that it would keep. Null if the catalog could not be read.',
  )
  changes!: CatalogChange[] | null;
}

export const CatalogImportPayload = definePayload(
  'catalogImport',
  CatalogImport,
  'Result of a catalog import.',
  { field: 'The finished import. Null if it did not start.' },
);
