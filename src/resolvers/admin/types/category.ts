import { Field, ID, InputType, Int } from 'type-graphql';
import { OPTIONAL_KEY, Optional, VersionedInput } from '../../types/fields';

@InputType({ description: 'Category to create.' })
export class CreateCategoryInput {
  @Optional(() => String, OPTIONAL_KEY)
  idempotencyKey?: string | null;

  @Field({
    description: 'URL-safe identifier of lower-case letters, digits and hyphens, unique among categories.',
  })
  slug!: string;

  @Field({ description: 'Display name, up to 255 characters.' })
  name!: string;

  @Optional(() => String, 'Human-readable description, up to 2,000 characters, without line breaks.')
  description?: string | null;

  @Optional(() => ID, 'Id of the parent category. Omit it for a top-level category.')
  parentId?: string | null;

  @Optional(() => Int, 'Position among the sibling categories. Default 0.')
  position?: number | null;
}

@InputType({ description: 'Changes of a category. Omitted fields keep their value.' })
export class UpdateCategoryInput extends VersionedInput {
  @Field(() => ID, { description: 'Id of the category.' })
  categoryId!: string;

  @Optional(() => String, 'URL-safe identifier, unique among categories.')
  slug?: string | null;

  @Optional(() => String, 'Display name, up to 255 characters.')
  name?: string | null;

  @Optional(() => String, 'Human-readable description, up to 2,000 characters, without line breaks.')
  description?: string | null;

  @Optional(() => ID, 'Id of the new parent category.')
  parentId?: string | null;

  @Optional(() => Int, 'Position among the sibling categories.')
  position?: number | null;
}
