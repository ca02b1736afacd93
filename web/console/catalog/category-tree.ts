import type { CategoryFieldsFragment } from '../../generated/graphql';

/** Category with the categories below it. */
export interface CategoryNode extends CategoryFieldsFragment {
  readonly children?: readonly CategoryNode[];
}

/** Category at its place in the tree. */
export interface PlacedCategory {
  readonly category: CategoryNode;
  readonly parentId: string | null;
  /** Names from the top, which tell categories with the same name apart. */
  readonly path: string;
  readonly depth: number;
}

/** Categories in the order of the storefront: each before those below it. */
export const flatten = (
  categories: readonly CategoryNode[],
  above?: PlacedCategory,
): readonly PlacedCategory[] =>
  categories.flatMap(category => {
    const placed: PlacedCategory = {
      category,
      parentId: above?.category.id ?? null,
      path: above ? `${above.path} › ${category.name}` : category.name,
      depth: above ? above.depth + 1 : 0,
    };
    return [placed, ...flatten(category.children ?? [], placed)];
  });
