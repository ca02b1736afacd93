import { Button, Menu, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import {
  type SubscriptionSummaryFragment,
  WithdrawCancellationDocument,
  WithdrawSubscriptionChangeDocument,
} from '../../generated/graphql';
import { useAction } from '../data/action';
import { ErrorText } from '../parts/error-text';
import { TroubleAlert } from '../parts/trouble';
import { payers, staff } from '../session/audience';
import { useViewer } from '../session/viewer';
import { CancelDialog } from './cancel-dialog';
import { ReferenceDialog } from './reference-dialog';
import { RenameDialog } from './rename-dialog';
import { ResumeDialog, SuspendDialog } from './suspension-dialogs';

const DIALOGS = {
  REQUEST_CANCELLATION: CancelDialog,
  RENAME: RenameDialog,
  SUSPEND: SuspendDialog,
  RESUME: ResumeDialog,
  REFERENCE: ReferenceDialog,
};

/** Actions of the menu, in its order. Decisions, retries and abandonments are where their subject is. */
const ACTIONS = [
  'CHANGE',
  'BUY_ADDONS',
  'WITHDRAW_CHANGE',
  'SUSPEND',
  'RESUME',
  'REQUEST_CANCELLATION',
  'WITHDRAW_CANCELLATION',
  'RENAME',
] as const;
type MenuAction = (typeof ACTIONS)[number];

/** Menu of the actions on a subscription, with the reason for unavailable ones. Closed at first unless it is `opened`. */
export function SubscriptionActions(props: { subscription: SubscriptionSummaryFragment; opened?: boolean }) {
  const { subscription } = props;
  const { t } = useTranslation('subscriptions');
  const [, navigate] = useLocation();
  const viewer = useViewer();
  const withdraw = useAction(WithdrawCancellationDocument, 'CloudSubscription');
  const withdrawChange = useAction(WithdrawSubscriptionChangeDocument, 'CloudSubscription');
  const [opened, setOpened] = useState<keyof typeof DIALOGS | null>(null);
  const { id, friendlyName, state, cancellationRequest, change } = subscription;

  const open = (dialog: keyof typeof DIALOGS) => () => setOpened(dialog);
  const go = (to: string) => () => navigate(to);
  const handlers: Record<MenuAction, (() => void) | false | null | undefined> = {
    CHANGE: go(`/subscriptions/${id}/change`),
    BUY_ADDONS: go(staff(viewer) ? `/office/place?subscription=${id}` : `/subscriptions/${id}`),
    WITHDRAW_CHANGE:
      change &&
      (() => void withdrawChange.run({ input: { changeId: change.id, expectedVersion: change.version } })),
    SUSPEND: state !== 'SUSPENDED' && open('SUSPEND'),
    RESUME: state === 'SUSPENDED' && open('RESUME'),
    REQUEST_CANCELLATION: open('REQUEST_CANCELLATION'),
    WITHDRAW_CANCELLATION:
      cancellationRequest && (() => void withdraw.run({ input: { requestId: cancellationRequest.id } })),
    RENAME: open('RENAME'),
  };
  const Dialog = opened && DIALOGS[opened];

  return (
    <div>
      <Menu position="bottom-end" width={280} defaultOpened={props.opened ?? false}>
        <Menu.Target>
          <Button
            variant="default"
            size="xs"
            aria-label={t('menu.of', { name: friendlyName })}
            loading={withdraw.busy || withdrawChange.busy}
          >
            {t('menu.title')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {ACTIONS.map(action => {
            const found = subscription.availableActions.find(each => each.action === action);
            const onClick = handlers[action];
            // An action of other roles is none of this viewer.
            if (!found || !onClick || found.blockedBy?.code === 'FORBIDDEN') return null;
            return (
              <Menu.Item key={action} disabled={!found.allowed} onClick={onClick}>
                {t(`menu.${action}`)}
                {found.blockedBy && (
                  <Text size="xs" style={{ whiteSpace: 'normal' }}>
                    <ErrorText error={found.blockedBy} />
                  </Text>
                )}
              </Menu.Item>
            );
          })}
          {payers(viewer) && <Menu.Item onClick={open('REFERENCE')}>{t('menu.REFERENCE')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
      <TroubleAlert trouble={withdraw.trouble} />
      <TroubleAlert trouble={withdrawChange.trouble} />
      {Dialog && <Dialog subscription={subscription} onClose={() => setOpened(null)} />}
    </div>
  );
}
