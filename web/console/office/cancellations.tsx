import { useTranslation } from 'react-i18next';
import {
  type CancellationFieldsFragment,
  type CancellationRequestState,
  CancellationRequestsDocument,
} from '../../generated/graphql';
import { RowActions } from '../history/row-actions';
import { atMinute, codeName } from '../parts/format';
import { type Column, DataList, type Filter, valuesOf } from '../parts/list';
import { useListState } from '../parts/list-state';
import { Page } from '../parts/page';
import { Empty, StateBadge } from '../parts/states';
import { Which } from '../parts/which';
import { DecisionButtons } from './decision';

const STATES: readonly CancellationRequestState[] = [
  'PENDING',
  'ACCEPTED',
  'COMPLETED',
  'REJECTED',
  'WITHDRAWN',
  'FAILED',
];

/** Page of the cancellation requests, with the decision on pending ones. */
export function Cancellations() {
  const { t } = useTranslation('office');
  const list = useListState();
  const columns = useColumns();
  const toDecide = (list.read('shown') || 'toDecide') === 'toDecide';
  const filters: Filter[] = toDecide
    ? []
    : [
        {
          name: 'states',
          kind: 'multiselect',
          label: t('list.state'),
          options: STATES.map(value => ({ value, label: codeName('states', value) })),
        },
      ];
  const states = toDecide ? (['PENDING'] as const) : valuesOf<CancellationRequestState>(list.read('states'));
  return (
    <Page title={t('list.cancellations')} lead={t('list.cancellationsLead')}>
      <Which
        label={t('list.whichRequests')}
        list={list}
        parts={[
          { value: 'toDecide', label: t('list.toDecide') },
          { value: 'all', label: t('list.all') },
        ]}
      />
      <DataList
        name="cancellations"
        label={t('list.cancellations')}
        query={CancellationRequestsDocument}
        variables={{ filter: { states } }}
        connection={data => data.cancellationRequests}
        typenames="CancellationRequest"
        columns={columns}
        filters={filters}
        href={({ subscription }) => `/subscriptions/${subscription.id}`}
        rowActions={request => (
          <RowActions objectId={request.id} name={request.subscription.friendlyName}>
            <DecisionButtons request={request} />
          </RowActions>
        )}
        total={count => t('list.requestCount', { count })}
        empty={
          <Empty title={t(toDecide ? 'list.nothingToDecide' : 'list.noRequests')}>
            {t('list.requestsHint')}
          </Empty>
        }
      />
    </Page>
  );
}

function useColumns(): Column<CancellationFieldsFragment>[] {
  const { t } = useTranslation('office');
  return [
    {
      id: 'name',
      header: t('list.subscription'),
      cell: ({ subscription }) => <bdi>{subscription.friendlyName}</bdi>,
      text: ({ subscription }) => subscription.friendlyName,
      narrow: true,
    },
    {
      id: 'state',
      header: t('list.state'),
      cell: ({ state }) => <StateBadge state={state} />,
      text: ({ state }) => codeName('states', state),
      narrow: true,
    },
    {
      id: 'customer',
      header: t('list.customer'),
      cell: ({ subscription }) => <bdi>{subscription.account.name}</bdi>,
      text: ({ subscription }) => subscription.account.name,
    },
    {
      id: 'product',
      header: t('list.product'),
      cell: ({ subscription }) => <bdi>{subscription.product.name}</bdi>,
      text: ({ subscription }) => subscription.product.name,
      optional: true,
    },
    {
      id: 'requested',
      header: t('list.requested'),
      cell: ({ requestedAt, requestedBy }) => (
        <>
          {atMinute(requestedAt)}, <bdi>{requestedBy.name}</bdi>
        </>
      ),
      text: ({ requestedAt, requestedBy }) => `${requestedAt} ${requestedBy.name}`,
    },
    {
      id: 'timing',
      header: t('list.timing'),
      cell: ({ timing }) => t(`list.timings.${timing}`),
      text: ({ timing }) => t(`list.timings.${timing}`),
    },
    {
      id: 'reason',
      header: t('list.reason'),
      cell: ({ reason }) => reason,
      text: ({ reason }) => reason ?? '',
    },
    {
      id: 'note',
      header: t('list.note'),
      cell: ({ decisionNote }) => decisionNote,
      text: ({ decisionNote }) => decisionNote ?? '',
      optional: true,
    },
  ];
}
