import { useTranslation } from 'react-i18next';
import { type ChangeOfSubscriptionFragment, SubscriptionChangesDocument } from '../../generated/graphql';
import { RowActions } from '../history/row-actions';
import { atMinute, codeName, recurring } from '../parts/format';
import { type Column, DataList } from '../parts/list';
import { useListState } from '../parts/list-state';
import { Page } from '../parts/page';
import { Empty, StateBadge } from '../parts/states';
import { useKindNames } from './change-text';
import { DecideChange } from './decide-change';

const STATES = ['PENDING', 'ACCEPTED', 'COMPLETED', 'REJECTED', 'WITHDRAWN', 'FAILED'] as const;

/** Page of the changes of subscriptions, first those that wait for a decision. */
export function Changes() {
  const { t } = useTranslation('subscriptions');
  const list = useListState();
  const columns = useColumns();
  const state = STATES.find(each => each === list.read('state')) ?? 'PENDING';
  const states = list.read('state') === 'all' ? null : [state];
  return (
    <Page title={t('changes.page')} lead={t('changes.lead')}>
      <DataList
        name="changes"
        label={t('changes.page')}
        query={SubscriptionChangesDocument}
        variables={{ filter: { states } }}
        connection={data => data.subscriptionChanges}
        typenames="SubscriptionChange"
        columns={columns}
        filters={[
          {
            name: 'state',
            label: t('changes.state'),
            kind: 'select',
            options: [
              ...STATES.map(value => ({ value, label: codeName('states', value) })),
              { value: 'all', label: t('changes.all') },
            ],
          },
        ]}
        href={({ subscription }) => `/subscriptions/${subscription.id}`}
        rowActions={row => (
          <RowActions objectId={row.id} name={row.subscription.friendlyName}>
            <DecideChange change={row} subscription={row.subscription} />
          </RowActions>
        )}
        empty={<Empty title={t('changes.empty')}>{t('changes.emptyHint')}</Empty>}
      />
    </Page>
  );
}

function useColumns(): readonly Column<ChangeOfSubscriptionFragment>[] {
  const { t } = useTranslation('subscriptions');
  const nameOf = useKindNames();
  return [
    {
      id: 'subscription',
      header: t('changes.subscription'),
      narrow: true,
      cell: ({ subscription }) => <bdi>{subscription.friendlyName}</bdi>,
      text: ({ subscription }) => subscription.friendlyName,
    },
    {
      id: 'customer',
      header: t('facts.customer'),
      cell: ({ subscription }) => <bdi>{subscription.account.name}</bdi>,
      text: ({ subscription }) => subscription.account.name,
    },
    { id: 'kinds', header: t('preview.kind'), narrow: true, ...same(({ kinds }) => nameOf(kinds)) },
    {
      id: 'recurring',
      header: t('changes.price'),
      align: 'right',
      ...same(({ to, subscription }) => recurring(to.recurringTotal, subscription.billingCycle)),
    },
    { id: 'timing', header: t('changes.timing'), ...same(({ timing }) => t(`timing.${timing}`)) },
    {
      id: 'requestedBy',
      header: t('changes.requestedBy'),
      cell: ({ requestedBy }) => <bdi>{requestedBy.name}</bdi>,
      text: ({ requestedBy }) => requestedBy.name,
    },
    {
      id: 'requestedAt',
      header: t('changes.requestedAt'),
      ...same(({ requestedAt }) => atMinute(requestedAt)),
    },
    { id: 'reason', header: t('reason'), optional: true, ...same(({ reason }) => reason ?? '') },
    {
      id: 'awaiting',
      header: t('changes.awaiting'),
      optional: true,
      ...same(({ awaiting }) => (awaiting ? t(`awaits.${awaiting}`) : '')),
    },
    {
      id: 'state',
      header: t('changes.state'),
      cell: ({ state }) => <StateBadge state={state} />,
      text: ({ state }) => codeName('states', state),
    },
  ];
}

/** Column whose cell is its text. */
const same = (text: (row: ChangeOfSubscriptionFragment) => string) => ({ cell: text, text });
