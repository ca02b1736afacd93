import { Card, Group, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type BillingCycle, ChangeHistoryDocument } from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';
import { StateBadge } from '../parts/states';
import { ChangeText } from './change-text';

/** Latest changes of a subscription, newest first. */
export const useChanges = (subscriptionId: string) =>
  useLiveQuery(ChangeHistoryDocument, { subscriptionId }, 'SubscriptionChange').data?.subscriptionChanges
    .nodes ?? [];

/** Changes of a subscription with their decisions, newest first. Hidden if there are none. */
export function ChangeHistory(props: { subscriptionId: string; billingCycle: BillingCycle }) {
  const { t } = useTranslation('subscriptions');
  const { subscriptionId, billingCycle } = props;
  const changes = useChanges(subscriptionId);
  if (changes.length === 0) return null;
  return (
    <Card withBorder padding="lg" component="section" aria-labelledby="changes">
      <Stack>
        <Title order={2} size="h4" id="changes">
          {t('changes.title')}
        </Title>
        {changes.map(change => (
          <Group key={change.id} justify="space-between" align="flex-start" gap="xs">
            <ChangeText change={change} billingCycle={billingCycle} />
            <StateBadge state={change.state} />
          </Group>
        ))}
      </Stack>
    </Card>
  );
}
