import { Alert, Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { SubscriptionToChangeDocument } from '../../generated/graphql';
import { useLiveQuery } from '../data/live-query';
import { Page } from '../parts/page';
import { Failed, Waiting } from '../parts/states';
import { Unknown } from '../parts/unknown';
import { ChangeForm } from './change-form';

/** Page of a change of a subscription, with its preview. */
export function ChangePage({ id }: { id: string }) {
  const { t } = useTranslation('subscriptions');
  const { data, error } = useLiveQuery(SubscriptionToChangeDocument, { id }, 'CloudSubscription');
  if (!data) return error ? <Failed error={error} /> : <Waiting />;
  const { subscription } = data;
  if (!subscription) return <Unknown what="subscription" back="/subscriptions" />;
  const blockedBy = subscription.availableActions.find(({ action }) => action === 'CHANGE')?.blockedBy;
  return (
    <Page
      title={t('change.title', { name: subscription.friendlyName })}
      lead={
        <Anchor component={Link} href={`/subscriptions/${id}`}>
          {t('change.back')}
        </Anchor>
      }
    >
      {blockedBy ? (
        <Alert color="yellow" variant="light" title={t('change.blocked')}>
          {blockedBy.message}
        </Alert>
      ) : (
        <ChangeForm subscription={subscription} />
      )}
    </Page>
  );
}
