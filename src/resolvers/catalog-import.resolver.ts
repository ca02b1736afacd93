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
      'The latest imports of catalogs, newest first; `done` of `total` moves while one is under way. For administrators.',
  })
  catalogImports(@Ctx() context: Context): Promise<CatalogImport[]> {
    return findImports(requireActor(context));
  }

  @Mutation(() => CatalogImportPreviewPayload, {
    description:
      'Asks a provider for its catalog and says what an import would do. Nothing is written. For administrators.',
  })
  previewCatalogImport(@Input() input: CatalogImportInput, @Ctx() context: Context) {
    const caller = requireActor(context);
    return payloadOf<CatalogImportPreviewPayload>({ changes: null }, async () => ({
      changes: await previewCatalogImport(caller, input),
    }));
  }

  @Mutation(() => CatalogImportPayload, {
    description:
      'Imports the catalog of a provider. What was edited here stays; what is new comes unpublished. May be repeated. For administrators.',
  })
  importCatalog(@Input() input: CatalogImportInput, @Ctx() context: Context) {
    return CatalogImportPayload.of(context, caller => importCatalog(caller, input));
  }

  @FieldResolver(() => User, nullable('Who began it; null for a command.'))
  startedBy(@Root() { userId }: CatalogImport, @Ctx() { load }: Context): Promise<User | null> | null {
    return userId === null ? null : load.user.load(userId);
  }
}
