import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { CatalogChange, CatalogImport, nullable, User } from '../entities';
import { findImports } from '../services/catalog-import/find-imports';
import { importCatalog, previewCatalogImport } from '../services/catalog-import/import-catalog';
import { type Context, requireActor } from '../services/context';
import { ImportCatalogInput, PreviewCatalogImportInput } from './types/catalog-import';
import { Input } from './types/fields';
import { changedObject, objectPayload, PayloadMutation, payloadOf } from './types/payloads';

const CATALOG_IMPORT = {
  catalogImport: changedObject(CatalogImport, 'The finished import. Null if it did not start.'),
};
const CHANGES = {
  changes: {
    type: () => [CatalogChange],
    description:
      'Changes that the import would make, and differences that it would keep. Null if the catalog could not be read.',
  },
};

@Resolver(() => CatalogImport)
export class CatalogImportResolver {
  @Query(() => [CatalogImport], {
    description:
      'Latest catalog imports, newest first. `done` increases while an import runs. Administrators only.',
  })
  catalogImports(@Ctx() context: Context): Promise<CatalogImport[]> {
    return findImports(requireActor(context));
  }

  @PayloadMutation(
    CHANGES,
    'Previews the import of the catalog of a provider. Writes nothing. Administrators only.',
  )
  previewCatalogImport(@Input() input: PreviewCatalogImportInput, @Ctx() context: Context) {
    const caller = requireActor(context);
    return payloadOf(async () => ({
      changes: await previewCatalogImport(caller, input),
    }));
  }

  @PayloadMutation(
    CATALOG_IMPORT,
    'Imports the catalog of a provider. Values that were edited here stay; new items are not published. Can be repeated. Administrators only.',
  )
  importCatalog(@Input() input: ImportCatalogInput, @Ctx() context: Context) {
    return objectPayload('catalogImport', context, caller => importCatalog(caller, input));
  }

  @FieldResolver(() => User, nullable('User who started the import. Null if a command started it.'))
  startedBy(@Root() { userId }: CatalogImport, @Ctx() { load }: Context): Promise<User | null> | null {
    return userId === null ? null : load.user.load(userId);
  }
}
