import { Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { CatalogImport, nullable, User } from '../entities';
import { findImports } from '../services/catalog-import/find-imports';
import { importCatalog, previewCatalogImport } from '../services/catalog-import/import-catalog';
import { type Context, requireActor } from '../services/context';
import {
  CatalogImportInput,
  CatalogImportPayload,
  CatalogImportPreviewPayload,
} from './types/catalog-import';
import { Input } from './types/fields';
import { payloadOf } from './types/payloads';

@Resolver(() => CatalogImport)
export class CatalogImportResolver {
  @Query(() => [CatalogImport], {
    description:
      'Latest catalog imports, newest first. `done` increases while an import runs. Administrators only.',
  })
  catalogImports(@Ctx() context: Context): Promise<CatalogImport[]> {
    return findImports(requireActor(context));
  }

  @Mutation(() => CatalogImportPreviewPayload, {
    description: 'Previews the import of the catalog of a provider. Writes nothing. Administrators only.',
  })
  previewCatalogImport(@Input() input: CatalogImportInput, @Ctx() context: Context) {
    const caller = requireActor(context);
    return payloadOf<CatalogImportPreviewPayload>(async () => ({
      changes: await previewCatalogImport(caller, input),
    }));
  }

  @Mutation(() => CatalogImportPayload, {
    description:
      'Imports the catalog of a provider. Values that were edited here stay; new items are not published. Can be repeated. Administrators only.',
  })
  importCatalog(@Input() input: CatalogImportInput, @Ctx() context: Context) {
    return CatalogImportPayload.of(context, caller => importCatalog(caller, input));
  }

  @FieldResolver(() => User, nullable('User who started the import. Null if a command started it.'))
  startedBy(@Root() { userId }: CatalogImport, @Ctx() { load }: Context): Promise<User | null> | null {
    return userId === null ? null : load.user.load(userId);
  }
}
