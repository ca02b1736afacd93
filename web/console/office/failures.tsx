import { SimpleGrid } from '@mantine/core';
import { FailedOperationsDocument } from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';
import { FailedActions } from '../parts/failed-actions';
import { useListState } from '../parts/list-state';
import { OperationCard } from '../parts/operation';
import { Page } from '../parts/page';
import { PageButtons } from '../parts/pages';
import { Empty, Failed, Waiting } from '../parts/states';

/** Page of failed operations, with their errors and their retry. */
export function Failures() {
  const list = useListState();
  const { data, error } = useLiveQuery(
    FailedOperationsDocument,
    list.page,
    'CloudSubscription ProvisioningOperation',
  );
  const failed = data?.subscriptions.nodes.flatMap(({ account, operations }) =>
    operations.filter(({ state }) => state === 'FAILED').map(operation => ({ account, operation })),
  );
  return (
    <Page title="Failures" lead="Provisioning that stopped and waits for a person.">
      {!data && (error ? <Failed error={error} /> : <Waiting />)}
      {failed?.length === 0 && (
        <Empty title="Nothing has failed">
          Passing faults are tried again without you; what stays appears here.
        </Empty>
      )}
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        {failed?.map(({ account, operation }) => (
          <OperationCard
            key={operation.id}
            operation={operation}
            customer={account.name}
            action={<FailedActions operation={operation} />}
          />
        ))}
      </SimpleGrid>
      {data && <PageButtons list={list} info={data.subscriptions.pageInfo} />}
    </Page>
  );
}
