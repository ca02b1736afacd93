import { Badge, Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CatalogPriceListsDocument, type CatalogPriceListsQuery } from '../../generated/graphql';
import { type Column, DataList } from '../parts/list';
import { Page } from '../parts/page';
import { Empty } from '../parts/states';
import { PriceListDialog } from './price-list-dialog';

type Row = CatalogPriceListsQuery['priceLists']['nodes'][number];

/** Page of the price lists. */
export function PriceLists() {
  const { t } = useTranslation('catalog');
  const [creates, setCreates] = useState(false);
  const columns: readonly Column<Row>[] = [
    {
      id: 'code',
      header: t('fields.code'),
      narrow: true,
      cell: row => <bdi>{row.code}</bdi>,
      text: row => row.code,
    },
    {
      id: 'currency',
      header: t('fields.currency'),
      narrow: true,
      cell: row => row.currency,
      text: row => row.currency,
    },
    {
      id: 'default',
      header: t('priceLists.use'),
      cell: row => (row.isDefault ? <Badge variant="default">{t('priceLists.public')}</Badge> : null),
      text: row => (row.isDefault ? t('priceLists.public') : ''),
    },
  ];
  return (
    <Page
      title={t('priceLists.title')}
      lead={t('priceLists.lead')}
      aside={<Button onClick={() => setCreates(true)}>{t('priceLists.new')}</Button>}
    >
      <DataList
        name="price-lists"
        label={t('priceLists.title')}
        query={CatalogPriceListsDocument}
        variables={{}}
        connection={data => data.priceLists}
        typenames="PriceList"
        columns={columns}
        filters={[]}
        href={row => `/catalog/price-lists/${row.id}`}
        empty={<Empty title={t('priceLists.none')} />}
        total={count => t('priceLists.count', { count })}
      />
      {creates && <PriceListDialog onClose={() => setCreates(false)} />}
    </Page>
  );
}
