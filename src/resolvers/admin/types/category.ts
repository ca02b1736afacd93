import { Field, ID, InputType, Int } from 'type-graphql';
import { Category } from '../../../entities';
import { OPTIONAL_KEY, Optional, VERSION } from '../../types/fields';
import { definePayload } from '../../types/payloads';

@InputType({ description: 'What a category is to be.' })
export class CreateCategoryInput {
  @Optional(() => String, OPTIONAL_KEY)
  idempotencyKey?: string | null;

  @Field({ description: 'For addresses: small letters and digits with hyphens. Unique.' })
  slug!: string;

  @Field({ description: 'For people: up to 255 characters.' })
  name!: string;

  @Optional(() => String, 'For people: up to 2000 characters in one line.')
  description?: string | null;

  @Optional(() => ID, 'The category above it; none for the top of the catalog.')
  parentId?: string | null;

  @Optional(() => Int, 'Among its siblings; 0 unless said otherwise.')
  position?: number | null;
}

@InputType({ description: 'What is to change of a category; what is left out stays.' })
export class UpdateCategoryInput {
  @Field(() => ID, { description: 'The category.' })
  categoryId!: string;

  @Optional(() => String, 'For addresses. Unique.')
  slug?: string | null;

  @Optional(() => String, 'For people: up to 255 characters.')
  name?: string | null;

  @Optional(() => String, 'For people: up to 2000 characters in one line.')
  description?: string | null;

  @Optional(() => ID, 'The category to move it below.')
  parentId?: string | null;

  @Optional(() => Int, 'Among its siblings.')
  position?: number | null;

  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
}

export const CategoryPayload = definePayload('category', Category, 'What became of a change of a category.');
