import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { Category } from '../../entities';
import { createCategory, updateCategory } from '../../services/administration/catalog/categories';
import { type ActorContext, type Context, changing } from '../../services/context';
import { present } from '../per-context';
import { answer } from '../types/payloads';
import { ASKED } from './types/asked';
import { CategoryPayload, CreateCategoryInput, UpdateCategoryInput } from './types/category';

/** The payload of a change that resolves to the category's id. */
function changed(context: Context, work: (caller: ActorContext) => Promise<string>) {
  const caller = changing(context);
  return answer<CategoryPayload>({ category: null }, async () => {
    const id = await work(caller);
    return { category: present(caller.catalog.current.category(id)) };
  });
}

@Resolver(() => Category)
export class CategoryAdministrationResolver {
  @Mutation(() => CategoryPayload, { description: 'Makes a category. For administrators.' })
  createCategory(
    @Arg('input', () => CreateCategoryInput, ASKED) input: CreateCategoryInput,
    @Ctx() context: Context,
  ) {
    return changed(context, caller => createCategory(caller, input));
  }

  @Mutation(() => CategoryPayload, {
    description: 'Changes a category, or moves it below another. For administrators.',
  })
  updateCategory(
    @Arg('input', () => UpdateCategoryInput, ASKED) input: UpdateCategoryInput,
    @Ctx() context: Context,
  ) {
    return changed(context, caller => updateCategory(caller, input));
  }
}
