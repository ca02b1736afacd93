import { SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import {
  AddonPricesDocument,
  CatalogPriceListDocument,
  ProductPricesDocument,
} from '../../generated/graphql';
import { History } from '../history/history';
import { DataList, type Filter } from '../parts/list';
import { useListState } from '../parts/list-state';
import { Page } from '../parts/page';
import { Empty, Failed, Waiting } from '../parts/states';
import type { NamedList } from './list-prices';
import { usePriceColumns } from './price-columns';

/** Page of a price list, with its prices. */
export function PriceListPage({ id }: { id: string }) {
  const { t } = useTranslation('catalog');
  const [{ data, error }] = useQuery({ query: CatalogPriceListDocument, variables: { id } });
  const list = data?.node?.__typename === 'PriceList' ? data.node : null;
  return (
    <Page
      title={list ? t('priceLists.one', { code: list.code }) : t('priceLists.title')}
      lead={list && t(list.isDefault ? 'priceLists.publicLead' : 'priceLists.otherLead', list)}
    >
      {!data && (error ? <Failed error={error} /> : <Waiting />)}
      {data && !list && <Empty title={t('priceLists.missing')} />}
      {list && <PricesOfList list={list} />}
      {list && <History objectId={list.id} />}
    </Page>
  );
}

/** Prices of products or of add-ons. */
function PricesOfList({ list }: { list: NamedList }) {
  const { t } = useTranslation('catalog');
  const state = useListState();
  const columns = usePriceColumns(list);
  const filters: readonly Filter[] = [{ name: 'search', label: t('searchOf'), kind: 'search' }];
  const common = {
    label: t('prices.title'),
    variables: { search: state.read('search') || null },
    columns,
    filters,
    empty: <Empty title={t('prices.noItems')} />,
  };
  const items = state.read('items') === 'addons' ? 'addons' : 'products';
  return (
    <>
      <SegmentedControl
        aria-label={t('prices.itemsOf')}
        data={(['products', 'addons'] as const).map(value => ({ value, label: t(`${value}.title`) }))}
        value={items}
        onChange={value => state.filter('items', value === 'addons' ? value : null)}
        maw={360}
      />
      {items === 'products' ? (
        <DataList
          {...common}
          key="products"
          name="product-prices"
          query={ProductPricesDocument}
          connection={data => data.catalogProducts}
          typenames="Product"
          href={row => `/catalog/products/${row.id}`}
        />
      ) : (
        <DataList
          {...common}
          key="addons"
          name="addon-prices"
          query={AddonPricesDocument}
          connection={data => data.catalogAddons}
          typenames="Addon"
          href={row => `/catalog/addons/${row.id}`}
        />
      )}
    </>
  );
}
