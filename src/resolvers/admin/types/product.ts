import { Field, ID, InputType, Int } from 'type-graphql';
import { BigIntScalar } from '../../../entities';
import { OPTIONAL_KEY, Optional, VersionedInput } from '../../types/fields';
import { ProviderAttributeInput } from './provider-attribute';

const ATTRIBUTES = 'All attributes that the provider requires with an order of the product, at most 50.';

@InputType({ description: 'Product to create. It is not sold until `publishProduct`.' })
export class CreateProductInput {
  @Optional(() => String, OPTIONAL_KEY)
  idempotencyKey?: string | null;

  @Field(() => ID, { description: 'Id of the service that the product licenses. Cannot be changed.' })
  serviceId!: string;

  @Field(() => ID, { description: 'Id of the category.' })
  categoryId!: string;

  @Field({ description: "Stock-keeping unit (SKU), unique among products. Also the provider's product id." })
  sku!: string;

  @Field({
    description: 'URL-safe identifier of lower-case letters, digits and hyphens, unique among products.',
  })
  slug!: string;

  @Field({ description: 'Display name, up to 255 characters.' })
  name!: string;

  @Optional(() => String, 'Human-readable description, up to 2,000 characters, without line breaks.')
  description?: string | null;

  @Field(() => BigIntScalar, {
    description: 'Storage that one license grants, in bytes (1 TB = 10^12).',
  })
  capacityBytes!: string;

  @Optional(() => [ProviderAttributeInput], ATTRIBUTES)
  providerAttributes?: ProviderAttributeInput[] | null;

  @Optional(() => Int, 'Position in the category. Default 0.')
  position?: number | null;
}

@InputType({ description: 'Changes of a product. Omitted fields keep their value.' })
export class UpdateProductInput extends VersionedInput {
  @Field(() => ID, { description: 'Id of the product.' })
  productId!: string;

  @Optional(() => ID, 'Id of the category.')
  categoryId?: string | null;

  @Optional(() => String, 'SKU, unique among products. Can be changed while the product is a draft.')
  sku?: string | null;

  @Optional(() => String, 'URL-safe identifier, unique among products.')
  slug?: string | null;

  @Optional(() => String, 'Display name, up to 255 characters.')
  name?: string | null;

  @Optional(() => String, 'Human-readable description, up to 2,000 characters, without line breaks.')
  description?: string | null;

  @Optional(
    () => BigIntScalar,
    'Storage that one license grants, in bytes. Can be changed while the product is a draft.',
  )
  capacityBytes?: string | null;

  @Optional(() => [ProviderAttributeInput], ATTRIBUTES)
  providerAttributes?: ProviderAttributeInput[] | null;

  @Optional(() => Int, 'Position in the category.')
  position?: number | null;
}

@InputType()
abstract class ProductTarget extends VersionedInput {
  @Field(() => ID, { description: 'Id of the product.' })
  productId!: string;
}

@InputType({ description: 'Product to publish.' })
export class PublishProductInput extends ProductTarget {}

@InputType({ description: 'Product to retire.' })
export class RetireProductInput extends ProductTarget {}

@InputType({ description: 'Add-ons of a product.' })
export class SetProductAddonsInput extends ProductTarget {
  @Field(() => [ID], { description: 'Ids of all add-ons in display order, at most 100.' })
  addonIds!: string[];
}
