import { Alert, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { WithdrawCancellationDocument, WithdrawSubscriptionChangeDocument } from '../../generated/graphql';
import { useAction } from '../data/action';
import { ActionButton } from '../parts/action-button';
import { atMinute, onDay } from '../parts/format';
import { StateBadge } from '../parts/states';
import { TroubleAlert } from '../parts/trouble';
import { useChanges } from './change-history';
import { ChangeText } from './change-text';
import type { Subscription } from './contents-card';
import { DecideChange } from './decide-change';
import { mayDo } from './may-do';

/** Open work on a subscription: a suspension, a change and a cancellation, with what can be done about each. */
export function OpenRequests({ subscription }: { subscription: Subscription }) {
  const { t } = useTranslation('subscriptions');
  const { suspendedAt, suspensionReason } = subscription;
  return (
    <>
      {suspendedAt && (
        <Alert color="yellow" variant="light" title={t('suspend.since', { at: atMinute(suspendedAt) })}>
          {suspensionReason && (
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {t('reasonIs', { reason: suspensionReason })}
            </Text>
          )}
        </Alert>
      )}
      <OpenChange subscription={subscription} />
      <OpenCancellation subscription={subscription} />
    </>
  );
}

function OpenChange({ subscription }: { subscription: Subscription }) {
  const { t } = useTranslation('subscriptions');
  const withdraw = useAction(WithdrawSubscriptionChangeDocument, 'CloudSubscription');
  // The open one is the latest: a subscription has one at a time.
  const change = useChanges(subscription.id).find(({ id }) => id === subscription.change?.id);
  if (!change) return null;
  const { id: changeId, version: expectedVersion } = change;
  return (
    <Alert color="indigo" variant="light" title={t('changes.open')} data-change={changeId}>
      <Stack gap="xs">
        <ChangeText change={change} billingCycle={subscription.billingCycle} />
        <TroubleAlert trouble={withdraw.trouble} />
        <Group gap="xs">
          <StateBadge state={change.state} />
          {mayDo(subscription, 'WITHDRAW_CHANGE') && (
            <ActionButton
              size="xs"
              variant="default"
              loading={withdraw.busy}
              onClick={() => withdraw.run({ input: { changeId, expectedVersion } })}
            >
              {t('changes.withdraw')}
            </ActionButton>
          )}
          <DecideChange change={change} subscription={subscription} />
        </Group>
      </Stack>
    </Alert>
  );
}

function OpenCancellation({ subscription }: { subscription: Subscription }) {
  const { t } = useTranslation('subscriptions');
  const withdraw = useAction(WithdrawCancellationDocument, 'CloudSubscription');
  const { cancellationRequest: request, currentPeriodEnd } = subscription;
  if (!request) return null;
  const isLater = request.timing === 'END_OF_PERIOD';
  return (
    <Alert color="yellow" variant="light" title={t(`cancellations.open.${request.state}`)}>
      <Stack gap="xs">
        <Text size="sm">
          {isLater && currentPeriodEnd
            ? t('cancel.endOfPeriodOn', { day: onDay(currentPeriodEnd) })
            : t(`timing.${request.timing}`)}
        </Text>
        <TroubleAlert trouble={withdraw.trouble} />
        {mayDo(subscription, 'WITHDRAW_CANCELLATION') && (
          <Group>
            <ActionButton
              size="xs"
              variant="default"
              loading={withdraw.busy}
              onClick={() => withdraw.run({ input: { requestId: request.id } })}
            >
              {t('menu.WITHDRAW_CANCELLATION')}
            </ActionButton>
          </Group>
        )}
      </Stack>
    </Alert>
  );
}
