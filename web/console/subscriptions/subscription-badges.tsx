import { useTranslation } from 'react-i18next';
import type { SubscriptionRowFragment } from '../../generated/graphql';
import { StateBadge } from '../parts/states';

/** Badges of the state, the synchronization and an open request. */
export function SubscriptionBadges(props: {
  subscription: Pick<SubscriptionRowFragment, 'state' | 'syncState' | 'cancellationRequest'>;
}) {
  const { t } = useTranslation('subscriptions');
  const { state, syncState, cancellationRequest } = props.subscription;
  return (
    <>
      <StateBadge state={state} />
      {syncState === 'FAILED' && <StateBadge state="FAILED" label={t('list.syncFailed')} />}
      {cancellationRequest?.state === 'PENDING' && (
        <StateBadge state="PENDING_CANCELLATION" label={t('list.cancellationRequested')} />
      )}
      {cancellationRequest?.state === 'ACCEPTED' && (
        <StateBadge state="PENDING_CANCELLATION" label={t('list.cancellationAccepted')} />
      )}
    </>
  );
}
