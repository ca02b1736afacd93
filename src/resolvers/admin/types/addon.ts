import { Field, ID, InputType, Int } from 'type-graphql';
import { Addon, BigIntScalar } from '../../../entities';
import { OPTIONAL_KEY, Optional, VERSION } from '../../types/fields';
import { definePayload } from '../../types/payloads';
import { ProviderAttributeInput } from './provider-attribute';

const ATTRIBUTES = 'All characteristics of one unit, as the provider wants them, at most 50.';

@InputType({ description: 'What an add-on is to be. It is not sold until `publishAddon`.' })
export class CreateAddonInput {
  @Optional(() => String, OPTIONAL_KEY)
  idempotencyKey?: string | null;

  @Field({ description: "For programs; the provider's product id too. Unique." })
  sku!: string;

  @Field({ description: 'For people: up to 255 characters.' })
  name!: string;

  @Optional(() => String, 'For people: up to 2000 characters in one line.')
  description?: string | null;

  @Field(() => BigIntScalar, { description: 'Storage that one unit adds, in bytes (1 TB = 10^12).' })
  incrementBytes!: string;

  @Optional(() => Int, 'The fewest units of one order; 1 unless said otherwise.')
  minQuantity?: number | null;

  @Optional(() => Int, 'The most units that one subscription may hold; no bound unless said otherwise.')
  maxQuantity?: number | null;

  @Optional(() => [ProviderAttributeInput], ATTRIBUTES)
  providerAttributes?: ProviderAttributeInput[] | null;
}

@InputType({ description: 'Which add-on.' })
export class AddonInput {
  @Field(() => ID, { description: 'The add-on.' })
  addonId!: string;

  @Optional(() => Int, VERSION)
  expectedVersion?: number | null;
}

@InputType({ description: 'What is to change of an add-on; what is left out stays.' })
export class UpdateAddonInput extends AddonInput {
  @Optional(() => String, 'Unique; only of a draft.')
  sku?: string | null;

  @Optional(() => String, 'For people: up to 255 characters.')
  name?: string | null;

  @Optional(() => String, 'For people: up to 2000 characters in one line.')
  description?: string | null;

  @Optional(() => BigIntScalar, 'Bytes that one unit adds; only of a draft.')
  incrementBytes?: string | null;

  @Optional(() => Int, 'The fewest units of one order.')
  minQuantity?: number | null;

  @Optional(() => Int, 'The most units that one subscription may hold; null takes the bound away.')
  maxQuantity?: number | null;

  @Optional(() => [ProviderAttributeInput], ATTRIBUTES)
  providerAttributes?: ProviderAttributeInput[] | null;
}

export const AddonPayload = definePayload('addon', Addon, 'What became of a change of an add-on.');
