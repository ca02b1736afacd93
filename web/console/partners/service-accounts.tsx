import { Card, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AccountFieldsFragment } from '../../generated/graphql';
import { atMinute } from '../parts/format';
import { StateBadge } from '../parts/states';
import { Section } from './section';

/** Records of an account at the providers. Hidden without any. */
export function ServiceAccounts({ account: { serviceAccounts } }: { account: AccountFieldsFragment }) {
  const { t } = useTranslation('partners');
  if (serviceAccounts.length === 0) return null;
  return (
    <Section title={t('providers.title')}>
      <Stack gap="xs" component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
        {serviceAccounts.map(({ service, state, externalId, syncedAt, error }) => (
          <Card key={service.id} component="li" withBorder padding="sm">
            <Group gap="xs">
              <Text fw={600}>
                <bdi>{service.name}</bdi>
              </Text>
              <StateBadge state={state} />
            </Group>
            <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
              {externalId && t('providers.id', { id: externalId })}
              {externalId && syncedAt && ' · '}
              {syncedAt && t('providers.syncedAt', { time: atMinute(syncedAt) })}
            </Text>
            {error && <Text size="sm">{error}</Text>}
          </Card>
        ))}
      </Stack>
    </Section>
  );
}
