import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { atSecond } from '../parts/format';
import type { Bucket } from './statistics';

const WIDTH = 240;
const HEIGHT = 96;
const GAP = 4;

/** Stacked bars, failed above succeeded, with the same data as a table for screen readers. */
export function Bars({ buckets, label }: { buckets: readonly Bucket[]; label: string }) {
  const { t } = useTranslation('live');
  const most = Math.max(4, ...buckets.map(({ succeeded, failed }) => succeeded + failed));
  const width = WIDTH / buckets.length;
  const height = (count: number) => (count / most) * (HEIGHT - 2);
  return (
    <>
      <svg
        className="bars"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
      >
        {buckets.map(({ from, succeeded, failed }, index) => {
          const at = { x: index * width + GAP / 2, width: width - GAP, rx: 1.5 };
          const top = HEIGHT - height(succeeded) - 1;
          return (
            <g key={from}>
              <rect {...at} y={top} height={height(succeeded)} />
              <rect {...at} y={top - height(failed)} height={height(failed)} data-failed />
            </g>
          );
        })}
        <line x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
      </svg>
      <VisuallyHidden component="div">
        <table>
          <caption>{label}</caption>
          <thead>
            <tr>
              <th scope="col">{t('bars.from')}</th>
              <th scope="col">{t('bars.succeeded')}</th>
              <th scope="col">{t('bars.failed')}</th>
            </tr>
          </thead>
          <tbody>
            {buckets.map(({ from, succeeded, failed }) => (
              <tr key={from}>
                <th scope="row">{atSecond(from)}</th>
                <td>{succeeded}</td>
                <td>{failed}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </>
  );
}
