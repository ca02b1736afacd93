import { Anchor, Badge, Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { FailedActions } from '../parts/failed-actions';
import { type Operation, OperationCard } from '../parts/operation';
import { staff } from '../session/audience';
import { useViewer } from '../session/viewer';
import { useOwners } from './owners';

/** Number of operations in a column, and maximum number if all are shown. */
const FEW = 5;
const MOST = 30;

const open = ({ state }: Operation) => state === 'PENDING' || state === 'RUNNING';
const latest = (operation: Operation) => operation.finishedAt ?? operation.createdAt;
const byTime = (a: Operation, b: Operation) => latest(b).localeCompare(latest(a));

const COLUMNS: readonly [title: string, empty: string, belongs: (operation: Operation) => boolean][] = [
  ['In progress', 'Nothing is being provisioned right now.', open],
  ['Needs a person', 'Nothing has failed.', ({ state }) => state === 'FAILED'],
  ['Done within the hour', 'Nothing was finished within the hour.', ({ state }) => state === 'SUCCEEDED'],
];

/** Board of operations, with a column for each state. A column shows its latest operations first. */
export function Board({ operations }: { operations: readonly Operation[] }) {
  const isStaff = staff(useViewer());
  const [expanded, setExpanded] = useState<readonly string[]>([]);
  const columns = COLUMNS.map(([title, empty, belongs]) => {
    const all = operations.filter(belongs).sort(byTime);
    const isExpanded = expanded.includes(title);
    return { title, empty, all, isExpanded, shown: all.slice(0, isExpanded ? MOST : FEW) };
  });
  const owners = useOwners(columns.flatMap(({ shown }) => shown.map(({ subscription }) => subscription.id)));
  const toggle = (title: string) =>
    setExpanded(expanded.includes(title) ? expanded.filter(each => each !== title) : [...expanded, title]);
  return (
    <SimpleGrid cols={{ base: 1, md: 3 }} spacing="lg">
      {columns.map(({ title, empty, all, isExpanded, shown }) => (
        <Stack key={title} component="section" gap="sm" aria-label={title}>
          <Group gap="xs">
            <Title order={2} size="h5">
              {title}
            </Title>
            <Badge variant="default" size="sm">
              {all.length}
            </Badge>
          </Group>
          {shown.map(operation => (
            <OperationCard
              key={operation.id}
              operation={operation}
              customer={owners.get(operation.subscription.id)}
              action={<FailedActions operation={operation} />}
            />
          ))}
          {all.length === 0 && (
            <Text size="sm" c="dimmed">
              {empty}
            </Text>
          )}
          {all.length > FEW && (
            <Button variant="default" size="xs" aria-expanded={isExpanded} onClick={() => toggle(title)}>
              {isExpanded ? 'Show fewer' : `Show ${Math.min(all.length, MOST) - FEW} more`}
            </Button>
          )}
          {isExpanded && all.length > MOST && (
            <Text size="sm" c="dimmed">
              and {all.length - MOST} more
            </Text>
          )}
          {isStaff && title === 'Needs a person' && all.length > 0 && (
            <Anchor component={Link} href="/office/failures" size="sm">
              All failures
            </Anchor>
          )}
        </Stack>
      ))}
    </SimpleGrid>
  );
}
