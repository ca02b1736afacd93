import { Card, Skeleton, Text, Title, VisuallyHidden } from '@mantine/core';
import { lazy, Suspense, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { atClock, number } from '../parts/format';
import type { Overview } from './use-overview';

/** The charts are loaded after the numbers. */
const Chart = lazy(() => import('./throughput-chart'));

type Periods = Overview['throughput'];

/** Height of the chart, in pixels. */
const HEIGHT = 220;

/** Orders and operations of the last hour, as a chart and as a table for screen readers. */
export function Throughput({ periods }: { periods: Periods }) {
  const { t } = useTranslation('overview');
  const id = useId();
  const sum = (field: 'ordersPlaced' | 'operationsSucceeded' | 'operationsFailed') =>
    periods.reduce((total, period) => total + period[field], 0);
  const summary = t('throughput.summary', {
    orders: t('throughput.ordersPlaced', { count: sum('ordersPlaced') }),
    succeeded: t('throughput.operationsSucceeded', { count: sum('operationsSucceeded') }),
    failed: t('throughput.operationsFailed', { count: sum('operationsFailed') }),
  });
  return (
    <Card withBorder padding="lg" component="section" aria-labelledby={id}>
      <Title order={2} size="h4" id={id}>
        {t('throughput.title')}
      </Title>
      <Text size="sm" mb="sm" data-throughput>
        {summary}
      </Text>
      <div role="img" aria-label={summary} style={{ height: HEIGHT }}>
        <Suspense fallback={<Skeleton height={HEIGHT} />}>
          <Chart periods={periods} height={HEIGHT} />
        </Suspense>
      </div>
      <VisuallyHidden component="div">
        <PeriodTable periods={periods} />
      </VisuallyHidden>
    </Card>
  );
}

function PeriodTable({ periods }: { periods: Periods }) {
  const { t } = useTranslation('overview');
  return (
    <table>
      <caption>{t('throughput.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('throughput.from')}</th>
          <th scope="col">{t('throughput.orders')}</th>
          <th scope="col">{t('throughput.succeeded')}</th>
          <th scope="col">{t('throughput.failed')}</th>
        </tr>
      </thead>
      <tbody>
        {periods.map(({ from, ordersPlaced, operationsSucceeded, operationsFailed }) => (
          <tr key={from}>
            <th scope="row">{atClock(from)}</th>
            <td>{number(ordersPlaced)}</td>
            <td>{number(operationsSucceeded)}</td>
            <td>{number(operationsFailed)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
