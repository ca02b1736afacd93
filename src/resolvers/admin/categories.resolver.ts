import { Ctx, Mutation, Resolver } from 'type-graphql';
import { Category } from '../../entities';
import { createCategory, updateCategory } from '../../services/administration/catalog/categories';
import { type Context } from '../../services/context';
import { required } from '../per-context';
import { Input } from '../types/fields';
import { CategoryPayload, CreateCategoryInput, UpdateCategoryInput } from './types/category';

const changed = CategoryPayload.byId(({ catalog }, id) => required(catalog.current.category(id)));

@Resolver(() => Category)
export class CategoryAdministrationResolver {
  @Mutation(() => CategoryPayload, { description: 'Creates a category. Administrators only.' })
  createCategory(@Input() input: CreateCategoryInput, @Ctx() context: Context) {
    return changed(context, caller => createCategory(caller, input));
  }

  @Mutation(() => CategoryPayload, {
    description: 'Updates a category, or moves it to another parent. Administrators only.',
  })
  updateCategory(@Input() input: UpdateCategoryInput, @Ctx() context: Context) {
    return changed(context, caller => updateCategory(caller, input));
  }
}
