import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { type OrderState, OrdersDocument } from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';
import { OrderList } from '../parts/order-list';
import { Page } from '../parts/page';
import { PageButtons, usePages } from '../parts/pages';
import { Empty, Failed, Waiting } from '../parts/states';
import { OrderActions } from './order-actions';

const SHOWN: Record<string, OrderState[] | null> = {
  'To execute': ['SUBMITTED'],
  'Under way': ['EXECUTING', 'FAILED'],
  All: null,
};

/** Page of the orders: those to execute, and all others. */
export function OfficeOrders() {
  const [shown, setShown] = useState('To execute');
  const pages = usePages();
  const variables = { filter: { states: SHOWN[shown] ?? null }, after: pages.after };
  const { data, error } = useLiveQuery(OrdersDocument, variables, 'Order');
  return (
    <Page title="Orders" lead="What was placed here waits until somebody executes it.">
      <SegmentedControl
        aria-label="Which orders"
        style={{ alignSelf: 'flex-start' }}
        value={shown}
        onChange={value => {
          setShown(value);
          pages.restart();
        }}
        data={Object.keys(SHOWN)}
      />
      {!data && (error ? <Failed error={error} /> : <Waiting />)}
      {data?.orders.nodes.length === 0 && (
        <Empty title={shown === 'To execute' ? 'Nothing waits to be executed' : 'No orders here'}>
          {shown === 'To execute' && 'An order that is placed on behalf of a customer appears here.'}
        </Empty>
      )}
      {data && <OrderList orders={data.orders.nodes} actions={order => <OrderActions order={order} />} />}
      {data && <PageButtons pages={pages} info={data.orders.pageInfo} />}
    </Page>
  );
}
