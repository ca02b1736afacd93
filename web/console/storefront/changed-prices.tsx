import { Alert, List } from '@mantine/core';
import { Trans, useTranslation } from 'react-i18next';
import type { BasketFieldsFragment } from '../../generated/graphql';
import { recurring } from '../parts/format';
import type { Line } from './drafts';

/** Whether a price has changed since the buyer confirmed the prices. */
export const hasChangedPrices = ({ problems }: BasketFieldsFragment): boolean =>
  problems.some(({ code }) => code === 'PRICE_CHANGED');

type Item = Pick<Line['product'], 'id' | 'name' | 'prices'>;

/** Products and add-ons of a line whose price is not the confirmed one any more. */
function changesOf({ id, product, quantity, unitPrice, addons, billingCycle }: Line) {
  const sold: readonly Item[] = product.addons;
  const confirmed = [
    ...(quantity > 0 ? [{ item: product as Item, was: unitPrice }] : []),
    ...addons.flatMap(({ addon, unitPrice: was }) => {
      const item = sold.find(candidate => candidate.id === addon.id);
      return item ? [{ item, was }] : [];
    }),
  ];
  return confirmed.flatMap(({ item, was }) => {
    const is = item.prices.find(price => price.billingCycle === billingCycle)?.unitPrice ?? null;
    const isSame = is?.amount === was.amount && is.currency === was.currency;
    return isSame ? [] : [{ key: `${id} ${item.id}`, name: item.name, billingCycle, was, is }];
  });
}

/** Alert that says why the buyer has to confirm again: each price that has changed, as confirmed and as it is now. */
export function ChangedPrices({ basket }: { basket: BasketFieldsFragment }) {
  const { t } = useTranslation('storefront');
  if (!hasChangedPrices(basket)) return null;
  return (
    <Alert color="yellow" role="alert" title={t('checkout.priceChanged.title')}>
      <List size="sm">
        {basket.lines.flatMap(changesOf).map(({ key, name, billingCycle, was, is }) => (
          <List.Item key={key}>
            <Trans
              t={t}
              i18nKey="checkout.priceChanged.item"
              values={{ name, was: recurring(was, billingCycle), is: recurring(is, billingCycle) }}
              components={{ bdi: <bdi /> }}
            />
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
