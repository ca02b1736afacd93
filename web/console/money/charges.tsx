import { useTranslation } from 'react-i18next';
import type { ChargeKind } from '../../generated/graphql';
import { ChargesDocument } from '../../generated/graphql';
import { DataList, type Filter, rangeOf, valuesOf } from '../parts/list';
import { useListState } from '../parts/list-state';
import { Page } from '../parts/page';
import { Empty } from '../parts/states';
import { staff } from '../session/audience';
import { useViewer } from '../session/viewer';
import { useChargeColumns } from './charge-columns';
import { ChargeTotals } from './charge-totals';
import { PayerFilter } from './payer-filter';
import { SubscriptionFilter } from './subscription-filter';

const KINDS: readonly ChargeKind[] = ['RECURRING', 'PRORATION', 'CREDIT', 'ADJUSTMENT'];

/** Page of the ledger, with its totals by payer and currency. */
export function Charges() {
  const { t } = useTranslation('money');
  const list = useListState();
  const columns = useChargeColumns();
  const isStaff = staff(useViewer());
  const filter = {
    accountId: list.read('payer') || null,
    subscriptionId: list.read('subscription') || null,
    kinds: valuesOf<ChargeKind>(list.read('kind')),
    periodStart: rangeOf(list.read('period')),
  };
  const filters: Filter[] = [
    {
      name: 'kind',
      label: t('charges.kind'),
      kind: 'multiselect',
      options: KINDS.map(value => ({ value, label: t(`kinds.${value}`) })),
    },
    { name: 'period', label: t('charges.periodStart'), kind: 'dates' },
  ];
  return (
    <Page title={t('charges.title')} lead={t('charges.lead')}>
      {isStaff && <PayerFilter />}
      <SubscriptionFilter />
      <ChargeTotals filter={filter} />
      <DataList
        name="charges"
        label={t('charges.title')}
        query={ChargesDocument}
        variables={{ filter }}
        connection={data => data.charges}
        typenames="Charge"
        columns={columns}
        filters={filters}
        href={({ subscription }) => `/subscriptions/${subscription.id}`}
        total={count => t('charges.total', { count })}
        empty={<Empty title={t('charges.empty')}>{t('charges.emptyHint')}</Empty>}
      />
    </Page>
  );
}
