import { Group, NumberInput, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BillingCycle, ProductFieldsFragment } from '../../generated/graphql';
import { onRequest, recurring, storage } from '../parts/format';
import type { Quantities } from './quantities';

/** Whether an add-on is sold in a billing cycle. If it has no prices at all, the viewer does not see its price. */
export const isSoldIn = ({ prices }: ProductFieldsFragment['addons'][number], cycle: BillingCycle): boolean =>
  prices.length === 0 || prices.some(({ billingCycle }) => billingCycle === cycle);

interface AddonFieldsProps {
  addons: ProductFieldsFragment['addons'];
  billingCycle: BillingCycle;
  quantities: Quantities;
  onChange(quantities: Quantities): void;
  error?: ReactNode;
  /** Name of the product or subscription, part of the names of the fields. */
  of: string;
}

/** Fields for the quantities of the available add-ons, with their prices. */
export function AddonFields({ addons, billingCycle, quantities, onChange, error, of }: AddonFieldsProps) {
  const { t } = useTranslation('storefront');
  return (
    <Stack gap="sm">
      {addons.map(addon => {
        const price = addon.prices.find(each => each.billingCycle === billingCycle);
        if (!isSoldIn(addon, billingCycle)) return null;
        return (
          <Group key={addon.id} justify="space-between" wrap="nowrap" align="center">
            <div style={{ minWidth: 0 }}>
              <Text fw={500}>
                <bdi>{addon.name}</bdi>
              </Text>
              <Text size="sm" c="dimmed">
                {price
                  ? t('addons.price', {
                      storage: storage(addon.incrementBytes),
                      price: recurring(price.unitPrice, billingCycle),
                    })
                  : `${storage(addon.incrementBytes)} · ${onRequest()}`}
                {addon.minQuantity > 1 && ` · ${t('addons.atLeast', { count: addon.minQuantity })}`}
              </Text>
              {addon.description && (
                <Text size="sm" c="dimmed">
                  <bdi>{addon.description}</bdi>
                </Text>
              )}
            </div>
            {price && (
              <NumberInput
                aria-label={t('addons.units', { addon: addon.name, of })}
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
