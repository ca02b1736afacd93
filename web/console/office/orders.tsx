import { useTranslation } from 'react-i18next';
import { type OrderState, OrdersDocument } from '../../generated/graphql';
import { DataList } from '../parts/list';
import { useListState } from '../parts/list-state';
import { useOrderColumns, useOrderFilters } from '../parts/order-columns';
import { Page } from '../parts/page';
import { Empty } from '../parts/states';
import { Which } from '../parts/which';
import { OrderActions } from './order-actions';

const SHOWN: Record<string, OrderState[]> = { toExecute: ['SUBMITTED'], underWay: ['EXECUTING', 'FAILED'] };

/** Page of the orders: those to execute, and all others. */
export function OfficeOrders() {
  const { t } = useTranslation('office');
  const list = useListState();
  const columns = useOrderColumns();
  const { filters, filter } = useOrderFilters(list);
  const shown = list.read('shown') || 'toExecute';
  const states = SHOWN[shown];
  return (
    <Page title={t('list.orders')} lead={t('list.ordersLead')}>
      <Which
        label={t('list.whichOrders')}
        list={list}
        parts={[
          { value: 'toExecute', label: t('list.toExecute') },
          { value: 'underWay', label: t('list.underWay') },
          { value: 'all', label: t('list.all') },
        ]}
      />
      <DataList
        name="office-orders"
        label={t('list.orders')}
        query={OrdersDocument}
        variables={{ filter: states ? { ...filter, states } : filter }}
        connection={data => data.orders}
        typenames="Order"
        columns={columns}
        // The part that is shown has its states.
        filters={states ? filters.filter(({ name }) => name !== 'states') : filters}
        href={({ id }) => `/orders/${id}`}
        rowActions={order => <OrderActions order={order} />}
        total={count => t('list.orderCount', { count })}
        empty={
          shown === 'toExecute' ? (
            <Empty title={t('list.nothingToExecute')}>{t('list.nothingToExecuteHint')}</Empty>
          ) : (
            <Empty title={t('list.noOrders')} />
          )
        }
      />
    </Page>
  );
}
