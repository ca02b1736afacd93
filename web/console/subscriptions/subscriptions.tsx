import { useTranslation } from 'react-i18next';
import { type CloudSubscriptionState, SubscriptionsDocument } from '../../generated/graphql';
import { codeName } from '../parts/format';
import { DataList, type Filter, rangeOf, valuesOf } from '../parts/list';
import { useListState } from '../parts/list-state';
import { Page } from '../parts/page';
import { Empty } from '../parts/states';
import { Which } from '../parts/which';
import { RowMenu } from './row-menu';
import { useSubscriptionColumns } from './subscription-columns';

const LIVE: CloudSubscriptionState[] = ['PENDING', 'ACTIVE', 'PENDING_CANCELLATION', 'SUSPENDED'];
const ENDED: CloudSubscriptionState[] = ['CANCELLED'];

/** Page of the subscriptions with their actions. */
export function Subscriptions() {
  const { t } = useTranslation('subscriptions');
  const list = useListState();
  const columns = useSubscriptionColumns();
  const live = (list.read('shown') || 'live') === 'live';
  const filters: Filter[] = [
    { name: 'search', kind: 'search', label: t('list.search') },
    { name: 'created', kind: 'dates', label: t('list.created') },
  ];
  if (live)
    filters.push({
      name: 'states',
      kind: 'multiselect',
      label: t('list.state'),
      options: LIVE.map(value => ({ value, label: codeName('states', value) })),
    });
  const filter = {
    states: live ? (valuesOf<CloudSubscriptionState>(list.read('states')) ?? LIVE) : ENDED,
    search: list.read('search') || null,
    createdAt: rangeOf(list.read('created')),
  };
  return (
    <Page title={t('list.title')}>
      <Which
        label={t('list.which')}
        list={list}
        parts={[
          { value: 'live', label: t('list.live') },
          { value: 'ended', label: t('list.ended') },
        ]}
      />
      <DataList
        name="subscriptions"
        label={t('list.title')}
        query={SubscriptionsDocument}
        variables={{ filter }}
        connection={data => data.subscriptions}
        typenames="CloudSubscription"
        pageSize={50}
        columns={columns}
        filters={filters}
        href={({ id }) => `/subscriptions/${id}`}
        rowActions={({ id, friendlyName }) => <RowMenu id={id} name={friendlyName} />}
        total={count => t('list.count', { count })}
        empty={<Empty title={t('list.empty')}>{live && t('list.emptyHint')}</Empty>}
      />
    </Page>
  );
}
