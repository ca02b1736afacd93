import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AddonRetailFieldsFragment, BillingCycle, RetailFieldsFragment } from '../../generated/graphql';
import { money, number } from '../parts/format';
import type { Column } from '../parts/list';
import { marginOf } from './decimal';
import { RetailPriceField } from './retail-price-field';

/** Product or add-on with its cost and its retail price. */
export interface RetailRow {
  readonly id: string;
  readonly item: RetailFieldsFragment | AddonRetailFieldsFragment;
  /** Product that the add-on is for. Null for a product. */
  readonly of: string | null;
}

const priceOf = (prices: RetailRow['item']['prices'], billingCycle: BillingCycle) =>
  prices.find(each => each.billingCycle === billingCycle)?.unitPrice ?? null;

/** Columns of the retail prices of a billing cycle. */
export function useRetailColumns(billingCycle: BillingCycle): readonly Column<RetailRow>[] {
  const { t } = useTranslation('money');
  const costOf = ({ item }: RetailRow) => priceOf(item.prices, billingCycle);
  const retailOf = ({ item }: RetailRow) => priceOf(item.retailPrices, billingCycle);
  const margin = (row: RetailRow): string => {
    const [cost, retail] = [costOf(row), retailOf(row)];
    const share = cost && retail && marginOf(cost.amount, retail.amount);
    return typeof share === 'number' ? number(share, { style: 'percent', maximumFractionDigits: 1 }) : '';
  };
  return [
    {
      id: 'item',
      header: t('retail.item'),
      narrow: true,
      cell: ({ item, of }) => (
        <>
          <Text size="sm" fw={of ? 400 : 600}>
            <bdi>{item.name}</bdi>
          </Text>
          {of && (
            <Text size="xs" c="dimmed">
              {t('retail.addonOf', { product: of })}
            </Text>
          )}
        </>
      ),
      text: ({ item }) => item.name,
    },
    {
      id: 'sku',
      header: t('retail.sku'),
      optional: true,
      cell: ({ item }) => item.sku,
      text: ({ item }) => item.sku,
    },
    {
      id: 'cost',
      header: t('retail.cost'),
      align: 'right',
      cell: row => {
        const cost = costOf(row);
        return cost ? money(cost) : t('retail.notSold');
      },
      text: row => costOf(row)?.amount ?? '',
    },
    {
      id: 'retail',
      header: t('retail.price'),
      cell: row => {
        const cost = costOf(row);
        const retail = retailOf(row);
        // Without a price of its own it cannot be ordered in this cycle. A retail price from before can be removed.
        if (!cost && !retail) return null;
        return (
          <RetailPriceField
            key={`${row.id} ${billingCycle} ${retail?.amount}`}
            item={row.item}
            billingCycle={billingCycle}
            retail={retail}
            currency={(cost ?? retail)?.currency ?? ''}
          />
        );
      },
      text: row => retailOf(row)?.amount ?? '',
    },
    { id: 'margin', header: t('retail.margin'), align: 'right', cell: margin, text: margin },
  ];
}
