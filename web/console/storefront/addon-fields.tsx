import { Group, NumberInput, Stack, Text } from '@mantine/core';
import type { AddonQuantityInput, BillingCycle, ProductFieldsFragment } from '../../generated/graphql';
import { onRequest, recurring, storage } from '../parts/format';

/** Quantities of add-ons by id. */
export type Quantities = Readonly<Record<string, number>>;

/** Converts quantities to the input of a mutation. */
export const chosenAddons = (quantities: Quantities): AddonQuantityInput[] =>
  Object.entries(quantities)
    .filter(([, quantity]) => quantity > 0)
    .map(([addonId, quantity]) => ({ addonId, quantity }));

interface AddonFieldsProps {
  addons: ProductFieldsFragment['addons'];
  billingCycle: BillingCycle;
  quantities: Quantities;
  onChange(quantities: Quantities): void;
  error?: string | undefined;
  /** Prefix of the element ids, unique on the page. */
  of: string;
}

/** Fields for the quantities of the available add-ons, with their prices. */
export function AddonFields({ addons, billingCycle, quantities, onChange, error, of }: AddonFieldsProps) {
  return (
    <Stack gap="sm">
      {addons.map(addon => {
        const price = addon.prices.find(each => each.billingCycle === billingCycle);
        // An add-on with prices for other cycles only is not sold with this one. Without any, its price is hidden.
        if (!price && addon.prices.length > 0) return null;
        return (
          <Group key={addon.id} justify="space-between" wrap="nowrap" align="center">
            <div>
              <Text fw={500}>
                <bdi>{addon.name}</bdi>
              </Text>
              <Text size="sm" c="dimmed">
                {storage(addon.incrementBytes)}
                {price ? ` for ${recurring(price.unitPrice, billingCycle)}` : ` · ${onRequest()}`}
              </Text>
            </div>
            {price && (
              <NumberInput
                aria-label={`${addon.name}, units for ${of}`}
                w={96}
                min={0}
                max={addon.maxQuantity ?? 1_000_000}
                allowDecimal={false}
                allowNegative={false}
                value={quantities[addon.id] ?? 0}
                error={error !== undefined && (quantities[addon.id] ?? 0) > 0}
                onChange={value => onChange({ ...quantities, [addon.id]: Number(value) || 0 })}
              />
            )}
          </Group>
        );
      })}
      {error && (
        <Text c="var(--mantine-color-error)" size="sm" role="alert">
          {error}
        </Text>
      )}
    </Stack>
  );
}
