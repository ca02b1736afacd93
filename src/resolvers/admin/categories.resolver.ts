import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Category } from '../../entities';
import { createCategory, updateCategory } from '../../services/administration/catalog/categories';
import { type ActorContext, type Context, mutationContext } from '../../services/context';
import { required } from '../per-context';
import { payloadOf } from '../types/payloads';
import { CategoryPayload, CreateCategoryInput, UpdateCategoryInput } from './types/category';
import { INPUT_DESCRIPTION } from './types/input-description';

/** The payload of a change that resolves to the category's id. */
function changed(context: Context, work: (caller: ActorContext) => Promise<string>) {
  const caller = mutationContext(context);
  return payloadOf<CategoryPayload>({ category: null }, async () => {
    const id = await work(caller);
    return { category: required(caller.catalog.current.category(id)) };
  });
}

@Resolver(() => Category)
export class CategoryAdministrationResolver {
  @Mutation(() => CategoryPayload, { description: 'Creates a category. Administrators only.' })
  createCategory(
    @Arg('input', () => CreateCategoryInput, INPUT_DESCRIPTION) input: CreateCategoryInput,
    @Ctx() context: Context,
  ) {
    return changed(context, caller => createCategory(caller, input));
  }

  @Mutation(() => CategoryPayload, {
    description: 'Updates a category, or moves it to another parent. Administrators only.',
  })
  updateCategory(
    @Arg('input', () => UpdateCategoryInput, INPUT_DESCRIPTION) input: UpdateCategoryInput,
    @Ctx() context: Context,
  ) {
    return changed(context, caller => updateCategory(caller, input));
  }
}
