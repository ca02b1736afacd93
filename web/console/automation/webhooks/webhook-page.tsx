import { Card, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { WebhookDocument, type WebhookFieldsFragment } from '../../../generated/graphql';
import { useLiveQuery } from '../../data/live-query';
import { History } from '../../history/history';
import { atMinute } from '../../parts/format';
import { Page } from '../../parts/page';
import { Empty, Failed, StateBadge, Waiting } from '../../parts/states';
import { Deliveries } from './deliveries';
import { EVERY_MS } from './every';
import { WebhookActions } from './webhook-actions';
import { WebhookTrouble } from './webhook-trouble';

/** Page of a webhook with its deliveries. */
export function WebhookPage({ id }: { id: string }) {
  const { t } = useTranslation('automation');
  const { data, error } = useLiveQuery(WebhookDocument, { id }, 'Webhook', EVERY_MS);
  if (!data) return error ? <Failed error={error} /> : <Waiting />;
  if (data.node?.__typename !== 'Webhook') return <Empty title={t('webhooks.notFound')} />;
  const webhook = data.node;
  return (
    <Page
      title={webhook.url}
      lead={webhook.description && <bdi>{webhook.description}</bdi>}
      aside={<StateBadge state={webhook.state} label={t(`webhooks.states.${webhook.state}`)} />}
    >
      <WebhookTrouble webhook={webhook} />
      <WebhookActions webhook={webhook} />
      <Details webhook={webhook} />
      <Stack component="section" gap="sm" aria-labelledby="deliveries">
        <Title order={2} size="h4" id="deliveries">
          {t('deliveries.title')}
        </Title>
        <Deliveries webhook={webhook} />
      </Stack>
      <History objectId={webhook.id} />
    </Page>
  );
}

function Details({ webhook }: { webhook: WebhookFieldsFragment }) {
  const { t } = useTranslation('automation');
  const { account, eventTypes, createdBy, createdAt, previousSecretUntil } = webhook;
  return (
    <Card withBorder padding="lg">
      <Stack gap={4} style={{ overflowWrap: 'anywhere' }}>
        <Text size="sm">
          {t('webhooks.owner')}: <bdi>{account?.name ?? t('webhooks.everyAccount')}</bdi>
        </Text>
        <Text size="sm">
          {t('webhooks.types')}: {eventTypes.join(', ') || t('webhooks.allTypes')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('webhooks.createdBy')} <bdi>{createdBy.name}</bdi>, {atMinute(createdAt)}
        </Text>
        {previousSecretUntil && Date.parse(previousSecretUntil) > Date.now() && (
          <Text size="sm">{t('webhooks.previous', { at: atMinute(previousSecretUntil) })}</Text>
        )}
      </Stack>
    </Card>
  );
}
