import { Anchor, Badge, Card, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { number } from '../parts/format';
import { age } from './age';
import { isLate, type Measure } from './measures';

/** Card of a number. Its name links to the records. */
export function MeasureCard({ measure }: { measure: Measure }) {
  const { t } = useTranslation('overview');
  const { name, count, oldestSeconds, href } = measure;
  const label = t(`measures.${name}`);
  const isIdle = count === 0 || (count === null && oldestSeconds === 0);
  return (
    <Card withBorder padding="md" data-measure={name}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        {href ? (
          <Anchor component={Link} href={href} size="sm" fw={600}>
            {label}
          </Anchor>
        ) : (
          <Text size="sm" fw={600}>
            {label}
          </Text>
        )}
        {isLate(measure) && (
          <Badge color="red.9" tt="none" style={{ flexShrink: 0 }}>
            {t(measure.lateSeconds === 0 ? 'urgent' : 'late')}
          </Badge>
        )}
      </Group>
      <Text fz={28} fw={650} lh={1.3} {...(isIdle && { c: 'dimmed' })}>
        {count === null ? (isIdle ? t('none') : age(oldestSeconds)) : number(count)}
      </Text>
      <Text size="sm" c="dimmed">
        {count !== null && count > 0 && oldestSeconds > 0 && t('oldest', { age: age(oldestSeconds) })}
        {(count === null || isIdle) && t(`about.${name}`)}
      </Text>
    </Card>
  );
}
