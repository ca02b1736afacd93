import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import {
  CatalogProductsDocument,
  type CatalogProductsQuery,
  type LifecycleState,
} from '../../generated/graphql';
import { codeName, storage } from '../parts/format';
import { type Column, DataList, valuesOf } from '../parts/list';
import { useListState } from '../parts/list-state';
import { Page } from '../parts/page';
import { Empty, StateBadge } from '../parts/states';
import { useItemFilters } from './item-filters';

type Row = CatalogProductsQuery['catalogProducts']['nodes'][number];

/** Page of all products, drafts and retired ones too. */
export function CatalogProducts() {
  const { t } = useTranslation('catalog');
  const list = useListState();
  const columns: readonly Column<Row>[] = [
    {
      id: 'name',
      header: t('fields.name'),
      narrow: true,
      cell: row => <bdi>{row.name}</bdi>,
      text: row => row.name,
    },
    { id: 'sku', header: t('fields.sku'), cell: row => <bdi>{row.sku}</bdi>, text: row => row.sku },
    {
      id: 'state',
      header: t('fields.state'),
      narrow: true,
      cell: row => <StateBadge state={row.state} />,
      text: row => codeName('states', row.state),
    },
    {
      id: 'category',
      header: t('fields.categoryId'),
      cell: row => <bdi>{row.category.name}</bdi>,
      text: row => row.category.name,
    },
    {
      id: 'service',
      header: t('fields.serviceId'),
      cell: row => <bdi>{row.service.name}</bdi>,
      text: row => row.service.name,
    },
    {
      id: 'capacity',
      header: t('fields.capacityBytes'),
      align: 'right',
      cell: row => storage(row.capacityBytes),
      text: row => row.capacityBytes,
    },
  ];
  return (
    <Page
      title={t('products.title')}
      lead={t('products.lead')}
      aside={
        <Button component={Link} href="/catalog/products/new">
          {t('products.new')}
        </Button>
      }
    >
      <DataList
        name="catalog-products"
        label={t('products.title')}
        query={CatalogProductsDocument}
        variables={{
          states: valuesOf<LifecycleState>(list.read('states')),
          search: list.read('search') || null,
        }}
        connection={data => data.catalogProducts}
        typenames="Product"
        columns={columns}
        filters={useItemFilters()}
        href={row => `/catalog/products/${row.id}`}
        empty={<Empty title={t('products.none')}>{t('products.noneHint')}</Empty>}
        total={count => t('products.count', { count })}
      />
    </Page>
  );
}
