import { Button, Group } from '@mantine/core';
import { type ComponentType, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AccountFieldsFragment } from '../../generated/graphql';
import { administrators } from '../session/audience';
import { useViewer } from '../session/viewer';
import { ActivationDialog } from './account-activation';
import type { AccountDialogProps } from './account-dialog';
import { EditAccountDialog } from './edit-account';
import { ManagerDialog } from './manager-dialog';
import { PriceListDialog } from './price-list-dialog';
import { ReferenceDialog } from './reference-dialog';
import { canChange } from './rights';

const DIALOGS = {
  edit: EditAccountDialog,
  reference: ReferenceDialog,
  manager: ManagerDialog,
  priceList: PriceListDialog,
  deactivate: ActivationDialog,
  activate: ActivationDialog,
} as const satisfies Record<string, ComponentType<AccountDialogProps>>;

/** Buttons for what the viewer can do with an account. */
export function AccountActions({ account }: { account: AccountFieldsFragment }) {
  const { t } = useTranslation('partners');
  const viewer = useViewer();
  const [opened, setOpened] = useState<keyof typeof DIALOGS | null>(null);
  const Dialog = opened && DIALOGS[opened];
  const changes = canChange(viewer, account) ? (['edit', 'reference'] as const) : [];
  // An account under a reseller has the price list of the reseller.
  const lists = account.reseller ? [] : (['priceList'] as const);
  const activation = account.active ? 'deactivate' : 'activate';
  const administration = administrators(viewer) ? (['manager', ...lists, activation] as const) : [];
  return (
    <Group gap="xs">
      {[...changes, ...administration].map(action => (
        <Button
          key={action}
          size="xs"
          variant="default"
          onClick={() => setOpened(action)}
          {...(action === 'deactivate' ? { c: 'var(--mantine-color-error)' } : {})}
        >
          {t(`accountActions.${action}`)}
        </Button>
      ))}
      {Dialog && <Dialog account={account} onClose={() => setOpened(null)} />}
    </Group>
  );
}
