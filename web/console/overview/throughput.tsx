import { Card, Skeleton, Text, Title, VisuallyHidden } from '@mantine/core';
import { lazy, Suspense, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { atClock, number } from '../parts/format';
import { LoadBoundary, NotLoaded } from '../parts/load-boundary';
import type { Overview } from './use-overview';

/** The chart library weighs more than the page, so it is loaded when the numbers are on the screen. */
const Chart = lazy(() => import('./throughput-chart'));

type Periods = Overview['throughput'];

/** Height of the chart, in pixels. */
const HEIGHT = 220;

/** Orders and operations of the last hour, as a chart and as a table for screen readers. */
export function Throughput({ periods }: { periods: Periods }) {
  const { t } = useTranslation('overview');
  const id = useId();
  const isPainted = usePainted();
  const placeholder = <Skeleton height={HEIGHT} />;
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
      <LoadBoundary instead={<NotLoaded title={t('throughput.noChart')} />}>
        <div role="img" aria-label={summary} style={{ height: HEIGHT }}>
          <Suspense fallback={placeholder}>
            {isPainted ? <Chart periods={periods} height={HEIGHT} /> : placeholder}
          </Suspense>
        </div>
      </LoadBoundary>
      <VisuallyHidden component="div">
        <PeriodTable periods={periods} />
      </VisuallyHidden>
    </Card>
  );
}

/** Whether the component has been painted. */
function usePainted(): boolean {
  const [isPainted, setPainted] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setPainted(true));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, []);
  return isPainted;
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
