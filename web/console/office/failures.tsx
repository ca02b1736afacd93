import { Button, Group, SimpleGrid, Text } from '@mantine/core';
import { FailedOperationsDocument, RetryProvisioningDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { useLiveQuery } from '../data/live-query';
import { useIdempotencyKey } from '../data/new-key';
import { useListState } from '../parts/list-state';
import { OperationCard } from '../parts/operation';
import { Page } from '../parts/page';
import { PageButtons } from '../parts/pages';
import { Empty, Failed, Waiting } from '../parts/states';
import { TroubleAlert } from '../parts/trouble';

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
            action={<Retry id={operation.id} of={account.name} />}
          />
        ))}
      </SimpleGrid>
      {data && <PageButtons list={list} info={data.subscriptions.pageInfo} />}
    </Page>
  );
}

function Retry({ id, of }: { id: string; of: string }) {
  const retry = useAction(RetryProvisioningDocument);
  const keyFor = useIdempotencyKey();
  return (
    <>
      <TroubleAlert trouble={retry.trouble} />
      <Group justify="space-between">
        <Text size="sm">{of}</Text>
        <Button
          size="xs"
          aria-label={`Retry for ${of}`}
          loading={retry.busy}
          onClick={() =>
            retry.run({ input: { operationId: id, idempotencyKey: keyFor({ id, at: Date.now() }) } })
          }
        >
          Retry
        </Button>
      </Group>
    </>
  );
}
