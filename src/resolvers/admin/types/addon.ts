import { Field, ID, InputType, Int } from 'type-graphql';
import { BigIntScalar } from '../../../entities';
import { OPTIONAL_KEY, Optional, VersionedInput } from '../../types/fields';
import { ProviderAttributeInput } from './provider-attribute';

const ATTRIBUTES = 'All attributes that the provider requires with one unit, at most 50.';

@InputType({ description: 'Add-on to create. It is not sold until `publishAddon`.' })
export class CreateAddonInput {
  @Optional(() => String, OPTIONAL_KEY)
  idempotencyKey?: string | null;

  @Field({ description: "Stock-keeping unit (SKU), unique among add-ons. Also the provider's product id." })
  sku!: string;

  @Field({ description: 'Display name, up to 255 characters.' })
  name!: string;

  @Optional(() => String, 'Human-readable description, up to 2,000 characters, without line breaks.')
  description?: string | null;

  @Field(() => BigIntScalar, { description: 'Storage that one unit adds, in bytes (1 TB = 10^12).' })
  incrementBytes!: string;

  @Optional(() => Int, 'Minimum number of units in one order. Default 1.')
  minQuantity?: number | null;

  @Optional(() => Int, 'Maximum number of units that one subscription can hold. Defaults to no limit.')
  maxQuantity?: number | null;

  @Optional(() => [ProviderAttributeInput], ATTRIBUTES)
  providerAttributes?: ProviderAttributeInput[] | null;
}

@InputType()
abstract class AddonTarget extends VersionedInput {
  @Field(() => ID, { description: 'Id of the add-on.' })
  addonId!: string;
}

@InputType({ description: 'Add-on to publish.' })
export class PublishAddonInput extends AddonTarget {}

@InputType({ description: 'Add-on to retire.' })
export class RetireAddonInput extends AddonTarget {}

@InputType({ description: 'Changes of an add-on. Omitted fields keep their value.' })
export class UpdateAddonInput extends AddonTarget {
  @Optional(() => String, 'SKU, unique among add-ons. Can be changed while the add-on is a draft.')
  sku?: string | null;

  @Optional(() => String, 'Display name, up to 255 characters.')
  name?: string | null;

  @Optional(() => String, 'Human-readable description, up to 2,000 characters, without line breaks.')
  description?: string | null;

  @Optional(
    () => BigIntScalar,
    'Storage that one unit adds, in bytes. Can be changed while the add-on is a draft.',
  )
  incrementBytes?: string | null;

  @Optional(() => Int, 'Minimum number of units in one order.')
  minQuantity?: number | null;

  @Optional(() => Int, 'Maximum number of units that one subscription can hold. Null removes the limit.')
  maxQuantity?: number | null;

  @Optional(() => [ProviderAttributeInput], ATTRIBUTES)
  providerAttributes?: ProviderAttributeInput[] | null;
}
