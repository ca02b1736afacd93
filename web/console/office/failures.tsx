import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { FailedOperationsDocument, type FailedOperationsQuery } from '../../generated/graphql';
import { FailedActions } from '../parts/failed-actions';
import { atMinute, codeName } from '../parts/format';
import { type Column, DataList } from '../parts/list';
import { useListState } from '../parts/list-state';
import { kindName, type Operation, stepName, useNewest } from '../parts/operation';
import { Page } from '../parts/page';
import { Empty, StateBadge } from '../parts/states';

type Failure = FailedOperationsQuery['subscriptions']['nodes'][number];

const failedOf = ({ operations }: Failure) => operations.filter(({ state }) => state === 'FAILED');
const stepOf = ({ steps }: Operation) => steps.find(({ error }) => error !== null);

/** Page of failed operations, with their errors and their retry. */
export function Failures() {
  const { t } = useTranslation('office');
  const list = useListState();
  const columns: Column<Failure>[] = [
    {
      id: 'name',
      header: t('list.subscription'),
      cell: ({ friendlyName }) => <bdi>{friendlyName}</bdi>,
      text: ({ friendlyName }) => friendlyName,
      sort: 'FRIENDLY_NAME',
      narrow: true,
    },
    {
      id: 'customer',
      header: t('list.customer'),
      cell: ({ account }) => <bdi>{account.name}</bdi>,
      text: ({ account }) => account.name,
      narrow: true,
    },
    {
      id: 'failure',
      header: t('list.failure'),
      wide: true,
      cell: failure => failedOf(failure).map(each => <FailedStep key={each.id} operation={each} />),
      text: failure => failedOf(failure).map(failureText).join('; '),
    },
    {
      id: 'failedAt',
      header: t('list.failedAt'),
      cell: failure =>
        failedOf(failure).map(({ id, finishedAt }) => (
          <div key={id}>{finishedAt && atMinute(finishedAt)}</div>
        )),
      text: failure =>
        failedOf(failure)
          .flatMap(({ finishedAt }) => finishedAt ?? [])
          .join('; '),
    },
  ];
  return (
    <Page title={t('list.failures')} lead={t('list.failuresLead')}>
      <DataList
        name="failures"
        label={t('list.failures')}
        query={FailedOperationsDocument}
        variables={{ filter: { syncStates: ['FAILED'], search: list.read('search') || null } }}
        connection={data => data.subscriptions}
        typenames="CloudSubscription ProvisioningOperation"
        columns={columns}
        filters={[{ name: 'search', kind: 'search', label: t('list.failureSearch') }]}
        href={({ id }) => `/subscriptions/${id}`}
        rowActions={failure =>
          failedOf(failure).map(each => <FailedActions key={each.id} operation={each} />)
        }
        total={count => t('list.failureCount', { count })}
        empty={<Empty title={t('list.nothingFailed')}>{t('list.nothingFailedHint')}</Empty>}
      />
    </Page>
  );
}

const failureText = (operation: Operation): string => {
  const step = stepOf(operation);
  return [kindName(operation.kind), step && stepName(step.name), step?.error?.message]
    .filter(Boolean)
    .join(': ');
};

/** Failed step of an operation with its error. The latest state is that of the stream. */
function FailedStep({ operation: read }: { operation: Operation }) {
  const { t } = useTranslation();
  const operation = useNewest(read);
  const step = stepOf(operation);
  if (operation.state !== 'FAILED' || !step?.error) return <StateBadge state={operation.state} />;
  const { code, message, providerCode } = step.error;
  return (
    <div>
      <Anchor component={Link} href={`/live/${operation.id}`} size="sm">
        {kindName(operation.kind)}: {t('operation.failed', { step: stepName(step.name) })}
      </Anchor>
      <Text size="sm">{message}</Text>
      <Text size="xs" c="dimmed">
        {[
          codeName('errors', code),
          providerCode !== null && t('operation.providerCode', { code: providerCode }),
          t('operation.attempts', { count: step.attempts }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
    </div>
  );
}
