import { Ctx, Resolver } from 'type-graphql';
import { Category } from '../../entities';
import { createCategory, updateCategory } from '../../services/administration/catalog/categories';
import { type Context } from '../../services/context';
import { required } from '../per-context';
import { Input } from '../types/fields';
import { changedObject, loadedPayload, PayloadMutation } from '../types/payloads';
import { CreateCategoryInput, UpdateCategoryInput } from './types/category';

const CATEGORY = { category: changedObject(Category) };

const changed = loadedPayload('category', ({ catalog }, id) => required(catalog.current.category(id)));

@Resolver(() => Category)
export class CategoryAdministrationResolver {
  @PayloadMutation(CATEGORY, 'Creates a category. Administrators only.')
  createCategory(@Input() input: CreateCategoryInput, @Ctx() context: Context) {
    return changed(context, caller => createCategory(caller, input));
  }

  @PayloadMutation(CATEGORY, 'Updates a category, or moves it to another parent. Administrators only.')
  updateCategory(@Input() input: UpdateCategoryInput, @Ctx() context: Context) {
    return changed(context, caller => updateCategory(caller, input));
  }
}
