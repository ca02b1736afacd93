import { Card, Group, SimpleGrid, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { atSecond, number } from '../parts/format';
import { age } from './age';
import { HealthBadge } from './health-badge';
import type { Overview } from './use-overview';

type Provider = Overview['providers'][number];

/** Providers, with their state and their numbers. */
export function Providers({ providers }: { providers: readonly Provider[] }) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }}>
      {providers.map(each => (
        <ProviderCard key={each.provider.id} {...each} />
      ))}
    </SimpleGrid>
  );
}

function ProviderCard(health: Provider) {
  const { t } = useTranslation('overview');
  const { provider, open, retrying, failed, overdueSeconds, lastSucceededAt } = health;
  const facts = [
    ['open', number(open)],
    ['retrying', number(retrying)],
    ['failed', number(failed)],
    ['overdue', overdueSeconds > 0 ? age(overdueSeconds) : t('none')],
    ['lastSucceeded', lastSucceededAt ? atSecond(lastSucceededAt) : t('providers.notWithinTheHour')],
  ] as const;
  return (
    <Card
      withBorder
      padding="md"
      component="article"
      aria-label={provider.name}
      data-provider={provider.name}
    >
      <Group justify="space-between" wrap="nowrap" mb="xs">
        <Title order={3} size="h5" style={{ overflowWrap: 'anywhere' }}>
          {provider.name}
        </Title>
        <HealthBadge health={health} />
      </Group>
      <dl className="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <Text component="dt" size="sm" c="dimmed">
              {t(`providers.${name}`)}
            </Text>
            <Text component="dd" size="sm" m={0}>
              {value}
            </Text>
          </div>
        ))}
      </dl>
    </Card>
  );
}
