import { Card, Group, Progress, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { codeName, number, span } from '../parts/format';
import { stepName } from '../parts/operation';
import { Bars } from './bars';
import type { LastHour } from './last-hour';
import { failuresByReason, perFiveMinutes, timePerStep } from './statistics';

function Figure({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Card withBorder padding="lg" component="section" aria-label={title}>
      <Title order={2} size="h5" mb="sm">
        {title}
      </Title>
      {children}
    </Card>
  );
}

/** Chart of the operations that finished in the last hour. */
export function Throughput({ hour }: { hour: LastHour }) {
  const { t } = useTranslation('live');
  const buckets = perFiveMinutes(hour);
  const done = buckets.reduce((sum, { succeeded }) => sum + succeeded, 0);
  const failed = buckets.reduce((sum, bucket) => sum + bucket.failed, 0);
  const counts = { done: number(done), failed: number(failed) };
  const summary = t(failed > 0 ? 'throughput.doneAndFailed' : 'throughput.done', counts);
  return (
    <Figure title={t('throughput.title')}>
      <Text size="xs" mb={4}>
        {hour.complete ? summary : t('atLeast', { count: summary })}
      </Text>
      <Bars buckets={buckets} label={t('throughput.label', counts)} />
      <Group justify="space-between" mt={4}>
        <Text size="xs" c="dimmed">
          {t('throughput.anHourAgo')}
        </Text>
        <Text size="xs" c="dimmed">
          {t('throughput.now')}
        </Text>
      </Group>
    </Figure>
  );
}

/** Median duration of each step. */
export function StepTimes({ hour }: { hour: LastHour }) {
  const { t } = useTranslation('live');
  const times = timePerStep(hour);
  const longest = Math.max(...times.map(({ median }) => median), 1);
  return (
    <Figure title={t('stepTimes.title')}>
      <Rows
        none={t('stepTimes.none')}
        rows={times.map(({ name, median }) => [stepName(name), span(median), median / longest])}
      />
    </Figure>
  );
}

/** Failed attempts by error code. */
export function Failures({ hour }: { hour: LastHour }) {
  const { t } = useTranslation('live');
  const reasons = failuresByReason(hour);
  const most = Math.max(...reasons.map(({ count }) => count), 1);
  return (
    <Figure title={t('failures.title')}>
      <Rows
        none={t('failures.none')}
        rows={reasons.map(({ code, count }) => [codeName('errors', code), number(count), count / most])}
        color="red.7"
      />
    </Figure>
  );
}

type Row = readonly [name: string, value: string, share: number];

function Rows({ rows, none, color }: { rows: readonly Row[]; none: string; color?: string }) {
  if (rows.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {none}
      </Text>
    );
  }
  return (
    <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {rows.map(([name, value, share]) => (
        <li key={name}>
          <Group justify="space-between">
            <Text size="sm">{name}</Text>
            <Text size="sm" fw={600}>
              {value}
            </Text>
          </Group>
          <Progress value={share * 100} size="sm" aria-hidden {...(color && { color })} />
        </li>
      ))}
    </Stack>
  );
}
