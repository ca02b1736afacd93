import { Alert, Badge, Skeleton, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CombinedError } from 'urql';
import { sentence } from '../data/action';
import { codeName } from './format';

const COLORS: Record<string, string> = {
  ACTIVE: 'teal',
  COMPLETED: 'teal',
  PARTIALLY_COMPLETED: 'teal',
  SUCCEEDED: 'teal',
  SYNCED: 'teal',
  ACCEPTED: 'teal',
  ENABLED: 'teal',
  DELIVERED: 'teal',
  SENT: 'teal',
  PUBLISHED: 'teal',
  RUNNING: 'indigo',
  EXECUTING: 'indigo',
  SUBMITTED: 'indigo',
  RETRYING: 'yellow',
  PENDING_CANCELLATION: 'yellow',
  SUSPENDED: 'yellow',
  FAILED: 'red',
  REJECTED: 'red',
};

/** Badge of a state, with its color and name. */
export function StateBadge({ state, label }: { state: string; label?: string }) {
  const color = COLORS[state] ?? 'gray';
  // Mantine's own shades of the light variant fall short of a contrast of 4.5:1.
  const text = `light-dark(var(--mantine-color-${color}-9), var(--mantine-color-${color}-2))`;
  return (
    <Badge
      variant="light"
      color={color}
      tt="none"
      fw={600}
      h="auto"
      mih={20}
      maw="100%"
      styles={{ label: { overflow: 'visible', whiteSpace: 'normal' } }}
      style={{ flexShrink: 0, '--badge-color': `color-mix(in srgb, ${text} 55%, var(--mantine-color-text))` }}
    >
      {label ?? codeName('states', state)}
    </Badge>
  );
}

/** Placeholder while data loads for the first time. */
export function Waiting({ rows = 3 }: { rows?: number }) {
  const { t } = useTranslation();
  return (
    <Stack role="status" aria-label={t('loading')}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
        <Skeleton key={row} height={72} radius="md" />
      ))}
    </Stack>
  );
}

/** Message for data that could not be loaded. */
export function Failed({ error }: { error: CombinedError }) {
  const { t } = useTranslation();
  return (
    <Alert color="red" title={t('trouble.notLoaded')} role="alert">
      {sentence(error)}
    </Alert>
  );
}

/** Message for an empty list, with a hint. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Stack align="center" gap={4} py={48} px="md" ta="center">
      <Text fw={600}>{title}</Text>
      {children && (
        <Text c="dimmed" size="sm" maw={440} component="div">
          {children}
        </Text>
      )}
    </Stack>
  );
}
