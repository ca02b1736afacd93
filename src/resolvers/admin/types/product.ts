import { Field, ID, InputType, Int } from 'type-graphql';
import { BigIntScalar, Product } from '../../../entities';
import { OPTIONAL_KEY, Optional, VERSION } from '../../types/fields';
import { definePayload } from '../../types/payloads';
import { ProviderAttributeInput } from './provider-attribute';

const ATTRIBUTES = 'All characteristics that the provider wants with an order of it, at most 50.';

@InputType({ description: 'What a product is to be. It is not sold until `publishProduct`.' })
export class CreateProductInput {
  @Optional(() => String, OPTIONAL_KEY)
  idempotencyKey?: string | null;

  @Field(() => ID, { description: 'What it is a license of; never changes.' })
  serviceId!: string;

  @Field(() => ID, { description: 'Where it stands.' })
  categoryId!: string;

  @Field({ description: "For programs; the provider's product id too. Unique." })
  sku!: string;

  @Field({ description: 'For addresses: small letters and digits with hyphens. Unique.' })
  slug!: string;

  @Field({ description: 'For people: up to 255 characters.' })
  name!: string;

  @Optional(() => String, 'For people: up to 2000 characters in one line.')
  description?: string | null;

  @Field(() => BigIntScalar, {
    description: 'Storage that one base license grants, in bytes (1 TB = 10^12).',
  })
  capacityBytes!: string;

  @Optional(() => [ProviderAttributeInput], ATTRIBUTES)
  providerAttributes?: ProviderAttributeInput[] | null;

  @Optional(() => Int, 'In its category; 0 unless said otherwise.')
  position?: number | null;
}

@InputType({ description: 'What is to change of a product; what is left out stays.' })
export class UpdateProductInput {
  @Field(() => ID, { description: 'The product.' })
  productId!: string;

  @Optional(() => ID, 'Where it stands.')
  categoryId?: string | null;

  @Optional(() => String, 'Unique; only of a draft.')
  sku?: string | null;

  @Optional(() => String, 'For addresses. Unique.')
  slug?: string | null;

  @Optional(() => String, 'For people: up to 255 characters.')
  name?: string | null;

  @Optional(() => String, 'For people: up to 2000 characters in one line.')
  description?: string | null;

  @Optional(() => BigIntScalar, 'Bytes that one base license grants; only of a draft.')
  capacityBytes?: string | null;

  @Optional(() => [ProviderAttributeInput], ATTRIBUTES)
  providerAttributes?: ProviderAttributeInput[] | null;

  @Optional(() => Int, 'In its category.')
  position?: number | null;

  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'Which product.' })
export class ProductInput {
  @Field(() => ID, { description: 'The product.' })
  productId!: string;

  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'Which add-ons go with a product.' })
export class SetProductAddonsInput extends ProductInput {
  @Field(() => [ID], { description: 'All of them, in the order in which they are shown; at most 100.' })
  addonIds!: string[];
}

export const ProductPayload = definePayload('product', Product, 'What became of a change of a product.');
