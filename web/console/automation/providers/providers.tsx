import { Card, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ProvidersDocument, type ProvidersQuery } from '../../../generated/graphql';
import { useLiveQuery } from '../../data/live-query';
import { Page } from '../../parts/page';
import { Empty, Failed, Waiting } from '../../parts/states';
import { Facts } from './facts';

type Service = ProvidersQuery['providers'][number]['services'][number];

/** Page of the providers and their services, with the ordering rules of each service. */
export function Providers() {
  const { t } = useTranslation('automation');
  const { data, error } = useLiveQuery(ProvidersDocument, {}, 'Provider Service');
  return (
    <Page title={t('providers.title')} lead={t('providers.lead')}>
      {!data && (error ? <Failed error={error} /> : <Waiting />)}
      {data?.providers.length === 0 && <Empty title={t('providers.empty')} />}
      {data?.providers.map(({ id, name, services }) => (
        <Stack key={id} component="section" gap="sm" aria-labelledby={id}>
          <Title order={2} size="h4" id={id}>
            {name}
          </Title>
          <SimpleGrid cols={{ base: 1, md: 2 }}>
            {services.map(service => (
              <ServiceCard key={service.id} service={service} />
            ))}
          </SimpleGrid>
        </Stack>
      ))}
    </Page>
  );
}

function ServiceCard({ service }: { service: Service }) {
  const { t } = useTranslation('automation');
  const { name, code, products, quantityLimit, recipientKinds, changePolicies } = service;
  return (
    <Card withBorder padding="lg" component="article" aria-label={name}>
      <Stack gap="sm">
        <div>
          <Title order={3} size="h5">
            {name}
          </Title>
          <Text size="sm" c="dimmed">
            {code} · {t('providers.products', { count: products.totalCount })}
          </Text>
        </div>
        <Facts
          facts={[
            [
              t('providers.recipients'),
              recipientKinds.map(kind => t(`providers.accountKinds.${kind}`)).join(', '),
            ],
            [
              t('providers.quantity'),
              quantityLimit === null ? t('providers.noLimit') : t('providers.upTo', { count: quantityLimit }),
            ],
            [
              t('providers.several'),
              t(service.allowMultipleSubscriptions ? 'providers.yes' : 'providers.no'),
            ],
            [t('providers.cancellations'), t(`providers.policies.${service.cancellationPolicy}`)],
            ...changePolicies.map(
              ({ kind, decision }) =>
                [t(`providers.kinds.${kind}`), t(`providers.policies.${decision}`)] as const,
            ),
          ]}
        />
      </Stack>
    </Card>
  );
}
