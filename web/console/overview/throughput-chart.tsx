import { useTranslation } from 'react-i18next';
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Legend,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { atClock } from '../parts/format';
import type { Overview } from './use-overview';

const COLORS = {
  orders: 'light-dark(var(--mantine-color-orange-8), var(--mantine-color-orange-4))',
  succeeded: 'light-dark(var(--mantine-color-indigo-6), var(--mantine-color-indigo-4))',
  failed: 'light-dark(var(--mantine-color-red-7), var(--mantine-color-red-5))',
};
const TEXT = { fill: 'var(--mantine-color-dimmed)', fontSize: 12 };
const GRID = 'light-dark(var(--mantine-color-gray-3), var(--mantine-color-dark-4))';

/** The colors of the data are too light for text. */
const inTextColor = (name: string) => <span style={{ color: 'var(--mantine-color-text)' }}>{name}</span>;

/** Chart of the orders and operations of the last hour. The default export is loaded with the chart library. */
export default function ThroughputChart({
  periods,
  height,
}: {
  periods: Overview['throughput'];
  height: number;
}) {
  const { t } = useTranslation('overview');
  // The library animates neither at first nor after a read: the numbers change every few seconds.
  const still = { isAnimationActive: false } as const;
  return (
    <ResponsiveContainer width="100%" height={height}>
      <ComposedChart data={[...periods]} accessibilityLayer={false} margin={{ left: -24, right: 8 }}>
        <CartesianGrid vertical={false} stroke={GRID} />
        <XAxis dataKey="from" tickFormatter={atClock} tick={TEXT} minTickGap={24} stroke={GRID} />
        <YAxis allowDecimals={false} tick={TEXT} stroke={GRID} />
        <Tooltip
          {...still}
          labelFormatter={label => atClock(String(label))}
          cursor={{ fill: GRID, opacity: 0.4 }}
          contentStyle={{ background: 'var(--mantine-color-body)', borderColor: GRID, borderRadius: 8 }}
        />
        <Legend wrapperStyle={{ fontSize: 14 }} formatter={inTextColor} />
        <Bar
          {...still}
          dataKey="operationsSucceeded"
          stackId="operations"
          name={t('throughput.succeeded')}
          fill={COLORS.succeeded}
        />
        <Bar
          {...still}
          dataKey="operationsFailed"
          stackId="operations"
          name={t('throughput.failed')}
          fill={COLORS.failed}
        />
        <Line
          {...still}
          dataKey="ordersPlaced"
          name={t('throughput.orders')}
          stroke={COLORS.orders}
          strokeWidth={2}
          dot={false}
          type="linear"
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
}
