import { Button, Menu, Text } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import {
  type CloudSubscriptionAction,
  type SubscriptionSummaryFragment,
  WithdrawCancellationDocument,
} from '../../generated/graphql';
import { useAction } from '../data/action';
import { TroubleAlert } from '../parts/trouble';
import { staff } from '../session/audience';
import { useViewer } from '../session/viewer';
import { CancelDialog } from './cancel-dialog';
import { RenameDialog } from './rename-dialog';

const NAMES: Partial<Record<CloudSubscriptionAction, string>> = {
  BUY_ADDONS: 'Buy add-ons',
  REQUEST_CANCELLATION: 'Cancel the subscription',
  WITHDRAW_CANCELLATION: 'Withdraw the cancellation',
};

/** Menu of the actions on a subscription, with the reason for unavailable ones. Closed at first unless it is `opened`. */
export function SubscriptionActions(props: { subscription: SubscriptionSummaryFragment; opened?: boolean }) {
  const { subscription, opened = false } = props;
  const [, navigate] = useLocation();
  const isStaff = staff(useViewer());
  const withdraw = useAction(WithdrawCancellationDocument);
  const [dialog, setDialog] = useState<'cancel' | 'rename' | null>(null);
  const { id, friendlyName, cancellationRequest } = subscription;

  const handlerOf = (action: CloudSubscriptionAction): (() => void) | undefined => {
    switch (action) {
      case 'REQUEST_CANCELLATION':
        return () => setDialog('cancel');
      case 'BUY_ADDONS':
        return () => navigate(isStaff ? `/office/place?subscription=${id}` : `/subscriptions/${id}`);
      case 'WITHDRAW_CANCELLATION':
        return cancellationRequest
          ? () => void withdraw.run({ input: { requestId: cancellationRequest.id } })
          : undefined;
      default:
        // These actions are in the back office.
        return undefined;
    }
  };
  const close = () => setDialog(null);

  return (
    <div>
      <Menu position="bottom-end" width={280} defaultOpened={opened}>
        <Menu.Target>
          <Button
            variant="default"
            size="xs"
            aria-label={`I want to … ${friendlyName}`}
            loading={withdraw.busy}
          >
            I want to …
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {subscription.availableActions.map(({ action, allowed, blockedBy }) => {
            const name = NAMES[action];
            const onClick = handlerOf(action);
            if (!name || !onClick) return null;
            return (
              <Menu.Item key={action} disabled={!allowed} onClick={onClick}>
                {name}
                {blockedBy && (
                  <Text size="xs" style={{ whiteSpace: 'normal' }}>
                    {blockedBy.message}
                  </Text>
                )}
              </Menu.Item>
            );
          })}
          <Menu.Item onClick={() => setDialog('rename')}>Rename it</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <TroubleAlert trouble={withdraw.trouble} />
      {dialog === 'cancel' && <CancelDialog subscription={subscription} onClose={close} />}
      {dialog === 'rename' && <RenameDialog subscription={subscription} onClose={close} />}
    </div>
  );
}
