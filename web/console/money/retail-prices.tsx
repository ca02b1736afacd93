import { Alert, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BillingCycle } from '../../generated/graphql';
import { RetailPricesDocument, type RetailPricesQuery } from '../../generated/graphql';
import { cycle } from '../parts/format';
import { DataList, type Filter } from '../parts/list';
import { useListState } from '../parts/list-state';
import { Page } from '../parts/page';
import { Empty } from '../parts/states';
import { type RetailRow, useRetailColumns } from './retail-columns';

const CYCLES: readonly BillingCycle[] = ['MONTHLY', 'ANNUALLY', 'TWO_YEARS', 'THREE_YEARS'];

/** Rows of the products, each followed by its add-ons. */
const rowsOf = ({ products }: RetailPricesQuery) => ({
  ...products,
  nodes: products.nodes.flatMap(({ addons, ...product }): RetailRow[] => [
    { id: product.id, item: product, of: null },
    // An add-on of several products is listed with each of them.
    ...addons.map(addon => ({ id: `${product.id} ${addon.id}`, item: addon, of: product.name })),
  ]),
});

/** Page of the prices that a reseller sets for its end customers. */
export function RetailPrices() {
  const { t } = useTranslation('money');
  const list = useListState();
  const billingCycle = CYCLES.find(each => each === list.read('cycle')) ?? 'MONTHLY';
  const columns = useRetailColumns(billingCycle);
  const filters: Filter[] = [
    { name: 'search', label: t('retail.search'), kind: 'search' },
    {
      name: 'cycle',
      label: cycle('MONTHLY').name,
      kind: 'select',
      options: CYCLES.map(value => ({ value, label: cycle(value).name })),
    },
  ];
  return (
    <Page title={t('retail.title')} lead={t('retail.lead')}>
      <Alert variant="light" color="indigo" title={t('retail.fallback')}>
        <Text size="sm">{t('retail.fallbackHint')}</Text>
      </Alert>
      <DataList
        name="retail-prices"
        label={t('retail.title')}
        query={RetailPricesDocument}
        variables={{ filter: { search: list.read('search') || null } }}
        connection={rowsOf}
        typenames="Product"
        columns={columns}
        filters={filters}
        total={count => t('retail.total', { count })}
        empty={<Empty title={t('retail.empty')} />}
      />
    </Page>
  );
}
