import { useTranslation } from 'react-i18next';
import type { ProductPricesQuery } from '../../generated/graphql';
import { codeName, cycle as cycleNames, money } from '../parts/format';
import type { Column } from '../parts/list';
import { StateBadge } from '../parts/states';
import { CYCLES, type NamedList } from './list-prices';

type Row = ProductPricesQuery['catalogProducts']['nodes'][number];

/** Columns of the prices on a list: the item, and one for each billing cycle. */
export function usePriceColumns(list: NamedList): readonly Column<Row>[] {
  const { t } = useTranslation('catalog');
  const priceOf = (row: Row, cycle: (typeof CYCLES)[number]) =>
    row.listedPrices?.find(price => price.priceList.id === list.id && price.billingCycle === cycle);
  return [
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
      cell: row => <StateBadge state={row.state} />,
      text: row => codeName('states', row.state),
    },
    ...CYCLES.map(
      (cycle): Column<Row> => ({
        id: cycle,
        header: cycleNames(cycle).name,
        align: 'right',
        narrow: cycle === 'MONTHLY',
        cell: row => {
          const price = priceOf(row, cycle);
          return price ? money(price.unitPrice) : '–';
        },
        text: row => priceOf(row, cycle)?.unitPrice.amount ?? '',
      }),
    ),
  ];
}
