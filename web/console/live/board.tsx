import { Anchor, Badge, Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { FailedActions } from '../parts/failed-actions';
import { number } from '../parts/format';
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

const COLUMNS = [
  { name: 'inProgress', belongs: open },
  { name: 'failed', belongs: ({ state }: Operation) => state === 'FAILED' },
  { name: 'done', belongs: ({ state }: Operation) => state === 'SUCCEEDED' },
] as const;
type Name = (typeof COLUMNS)[number]['name'];

/** Board of operations, with a column for each state. `complete` is false if there are more than are given. */
export function Board({ operations, complete }: { operations: readonly Operation[]; complete: boolean }) {
  const [expanded, setExpanded] = useState<readonly Name[]>([]);
  const columns = COLUMNS.map(({ name, belongs }) => {
    const all = operations.filter(belongs).sort(byTime);
    const isExpanded = expanded.includes(name);
    return { name, all, isExpanded, shown: all.slice(0, isExpanded ? MOST : FEW) };
  });
  const owners = useOwners(columns.flatMap(({ shown }) => shown.map(({ subscription }) => subscription.id)));
  const toggle = (name: Name) =>
    setExpanded(expanded.includes(name) ? expanded.filter(each => each !== name) : [...expanded, name]);
  return (
    <SimpleGrid cols={{ base: 1, md: 3 }} spacing="lg">
      {columns.map(({ name, ...column }) => (
        <Column key={name} name={name} {...column} {...{ complete, owners }} onToggle={() => toggle(name)} />
      ))}
    </SimpleGrid>
  );
}

interface ColumnProps {
  name: Name;
  all: readonly Operation[];
  shown: readonly Operation[];
  complete: boolean;
  isExpanded: boolean;
  owners: ReadonlyMap<string, string>;
  onToggle(): void;
}

/** Column of the board. Shows the latest operations first. */
function Column({ name, all, shown, complete, isExpanded, owners, onToggle }: ColumnProps) {
  const { t } = useTranslation('live');
  const isStaff = staff(useViewer());
  const count = number(all.length);
  return (
    <Stack component="section" gap="sm" aria-label={t(`columns.${name}.title`)}>
      <Group gap="xs">
        <Title order={2} size="h5">
          {t(`columns.${name}.title`)}
        </Title>
        <Badge variant="default" size="sm">
          {complete ? count : t('atLeast', { count })}
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
          {t(`columns.${name}.empty`)}
        </Text>
      )}
      {all.length > FEW && (
        <Button variant="default" size="xs" aria-expanded={isExpanded} onClick={onToggle}>
          {isExpanded ? t('fewer') : t('more', { count: Math.min(all.length, MOST) - FEW })}
        </Button>
      )}
      {isExpanded && all.length > MOST && (
        <Text size="sm" c="dimmed">
          {t('others', { count: all.length - MOST })}
        </Text>
      )}
      {isStaff && name === 'failed' && all.length > 0 && (
        <Anchor component={Link} href="/office/failures" size="sm">
          {t('allFailures')}
        </Anchor>
      )}
    </Stack>
  );
}
