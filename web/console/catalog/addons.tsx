import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { CatalogAddonsDocument, type CatalogAddonsQuery, type LifecycleState } from '../../generated/graphql';
import { codeName, storage } from '../parts/format';
import { type Column, DataList, valuesOf } from '../parts/list';
import { useListState } from '../parts/list-state';
import { Page } from '../parts/page';
import { Empty, StateBadge } from '../parts/states';
import { useItemFilters } from './item-filters';

type Row = CatalogAddonsQuery['catalogAddons']['nodes'][number];

/** Page of all add-ons, drafts and retired ones too. */
export function CatalogAddons() {
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
      id: 'increment',
      header: t('fields.incrementBytes'),
      align: 'right',
      cell: row => storage(row.incrementBytes),
      text: row => row.incrementBytes,
    },
    {
      id: 'min',
      header: t('fields.minQuantity'),
      align: 'right',
      cell: row => row.minQuantity,
      text: row => String(row.minQuantity),
    },
    {
      id: 'max',
      header: t('fields.maxQuantity'),
      align: 'right',
      cell: row => row.maxQuantity ?? t('noLimit'),
      text: row => String(row.maxQuantity ?? ''),
    },
  ];
  return (
    <Page
      title={t('addons.title')}
      lead={t('addons.lead')}
      aside={
        <Button component={Link} href="/catalog/addons/new">
          {t('addons.new')}
        </Button>
      }
    >
      <DataList
        name="catalog-addons"
        label={t('addons.title')}
        query={CatalogAddonsDocument}
        variables={{
          states: valuesOf<LifecycleState>(list.read('states')),
          search: list.read('search') || null,
        }}
        connection={data => data.catalogAddons}
        typenames="Addon"
        columns={columns}
        filters={useItemFilters()}
        href={row => `/catalog/addons/${row.id}`}
        empty={<Empty title={t('addons.none')}>{t('addons.noneHint')}</Empty>}
        total={count => t('addons.count', { count })}
      />
    </Page>
  );
}
