import { Group, SimpleGrid, Stack, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { SubscriptionDocument } from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';
import { History } from '../history/history';
import { SubscriptionCharges } from '../money/subscription-charges';
import { FailedActions } from '../parts/failed-actions';
import { OperationCard } from '../parts/operation';
import { Page } from '../parts/page';
import { Failed, Waiting } from '../parts/states';
import { Unknown } from '../parts/unknown';
import { payers, staff } from '../session/audience';
import { useViewer } from '../session/viewer';
import { BuyAddons } from '../storefront/buy-addons';
import { CancellationHistory } from './cancellation-history';
import { ChangeHistory } from './change-history';
import { ContentsCard } from './contents-card';
import { DetailsCard } from './details-card';
import { mayDo } from './may-do';
import { OpenRequests } from './open-requests';
import { SubscriptionActions } from './subscription-actions';
import { SubscriptionBadges } from './subscription-badges';

const TYPES = 'CloudSubscription CancellationRequest SubscriptionChange Charge';

/** Page of a subscription with its contents, actions, money and operations. */
export function SubscriptionPage({ id }: { id: string }) {
  const { t } = useTranslation('subscriptions');
  const viewer = useViewer();
  const { data, error } = useLiveQuery(SubscriptionDocument, { id }, TYPES);
  if (!data) return error ? <Failed error={error} /> : <Waiting />;
  const { subscription } = data;
  if (!subscription) return <Unknown what="subscription" back="/subscriptions" />;
  const { account, product, operations, billingCycle } = subscription;
  const buys = !staff(viewer) && mayDo(subscription, 'BUY_ADDONS') && product.addons.length > 0;
  return (
    <Page
      title={subscription.friendlyName}
      lead={
        <Group gap="xs">
          <bdi>{account.name}</bdi> · <bdi>{product.name}</bdi>
          <SubscriptionBadges subscription={subscription} />
        </Group>
      }
      aside={<SubscriptionActions subscription={subscription} />}
    >
      <OpenRequests subscription={subscription} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <Stack>
          <ContentsCard subscription={subscription} />
          {buys && <BuyAddons subscription={subscription} />}
          {payers(viewer) && <SubscriptionCharges subscription={subscription} />}
          <ChangeHistory subscriptionId={id} billingCycle={billingCycle} />
          <CancellationHistory subscriptionId={id} />
        </Stack>
        <Stack>
          <DetailsCard subscription={subscription} />
          <Stack component="section" gap="sm" aria-labelledby="history">
            <Title order={2} size="h4" id="history">
              {t('operations')}
            </Title>
            {operations.toReversed().map(operation => (
              <OperationCard
                key={operation.id}
                operation={operation}
                action={<FailedActions operation={operation} subscription={subscription} />}
              />
            ))}
          </Stack>
          <History objectId={id} />
        </Stack>
      </SimpleGrid>
    </Page>
  );
}
