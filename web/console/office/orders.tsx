import { Group, SegmentedControl } from '@mantine/core';
import { type OrderState, OrdersDocument } from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';
import { useListState } from '../parts/list-state';
import { OrderList } from '../parts/order-list';
import { Page } from '../parts/page';
import { PageButtons } from '../parts/pages';
import { SearchField } from '../parts/search-field';
import { Empty, Failed, Waiting } from '../parts/states';
import { OrderActions } from './order-actions';

const SHOWN: Record<string, OrderState[] | null> = {
  'To execute': ['SUBMITTED'],
  'Under way': ['EXECUTING', 'FAILED'],
  All: null,
};

/** Page of the orders: those to execute, and all others. */
export function OfficeOrders() {
  const list = useListState();
  const shown = list.read('shown') || 'To execute';
  const search = list.read('search') || null;
  const variables = { filter: { states: SHOWN[shown] ?? null, search }, ...list.page };
  const { data, error } = useLiveQuery(OrdersDocument, variables, 'Order');
  return (
    <Page title="Orders" lead="What was placed here waits until somebody executes it.">
      <Group>
        <SegmentedControl
          aria-label="Which orders"
          value={shown}
          onChange={value => list.filter('shown', value)}
          data={Object.keys(SHOWN)}
        />
        <SearchField list={list} label="customer or order number" />
      </Group>
      {!data && (error ? <Failed error={error} /> : <Waiting />)}
      {data?.orders.nodes.length === 0 && (
        <Empty title={shown === 'To execute' && !search ? 'Nothing waits to be executed' : 'No orders here'}>
          {shown === 'To execute' &&
            !search &&
            'An order that is placed on behalf of a customer appears here.'}
        </Empty>
      )}
      {data && <OrderList orders={data.orders.nodes} actions={order => <OrderActions order={order} />} />}
      {data && <PageButtons list={list} info={data.orders.pageInfo} />}
    </Page>
  );
}
