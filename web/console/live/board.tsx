import { Badge, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { FailedActions } from '../parts/failed-actions';
import { type Operation, OperationCard } from '../parts/operation';

/** Maximum number of operations in a column. */
const MOST = 30;

const open = ({ state }: Operation) => state === 'PENDING' || state === 'RUNNING';
const latest = (operation: Operation) => operation.finishedAt ?? operation.createdAt;
const byTime = (a: Operation, b: Operation) => latest(b).localeCompare(latest(a));

const COLUMNS: readonly [title: string, empty: string, belongs: (operation: Operation) => boolean][] = [
  ['In progress', 'Nothing is being provisioned right now.', open],
  ['Needs a person', 'Nothing has failed.', ({ state }) => state === 'FAILED'],
  ['Done within the hour', 'Nothing was finished within the hour.', ({ state }) => state === 'SUCCEEDED'],
];

/** Board of operations, with a column for each state. */
export function Board({ operations }: { operations: readonly Operation[] }) {
  return (
    <SimpleGrid cols={{ base: 1, md: 3 }} spacing="lg">
      {COLUMNS.map(([title, empty, belongs]) => {
        const column = operations.filter(belongs).sort(byTime);
        return (
          <Stack key={title} component="section" gap="sm" aria-label={title}>
            <Group gap="xs">
              <Title order={2} size="h5">
                {title}
              </Title>
              <Badge variant="default" size="sm">
                {column.length}
              </Badge>
            </Group>
            {column.slice(0, MOST).map(operation => (
              <OperationCard
                key={operation.id}
                operation={operation}
                action={<FailedActions operation={operation} />}
              />
            ))}
            {column.length === 0 && (
              <Text size="sm" c="dimmed">
                {empty}
              </Text>
            )}
            {column.length > MOST && (
              <Text size="sm" c="dimmed">
                and {column.length - MOST} more
              </Text>
            )}
          </Stack>
        );
      })}
    </SimpleGrid>
  );
}
