import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Trouble } from '../data/action';
import { ActionButton } from '../parts/action-button';
import { TroubleAlert } from '../parts/trouble';

interface ConfirmDialogProps {
  title: string;
  /** What the action does. */
  children: ReactNode;
  /** Name of the button that confirms. */
  confirm: string;
  action: { trouble: Trouble; busy: boolean };
  onConfirm(): void;
  onClose(): void;
}

/** Dialog that asks before a dangerous action. */
export function ConfirmDialog({ title, children, confirm, action, onConfirm, onClose }: ConfirmDialogProps) {
  const { t } = useTranslation('automation');
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('form.close') }}>
      <Stack>
        <TroubleAlert trouble={action.trouble} />
        <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
          {children}
        </Text>
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={onClose}>
            {t('form.cancel')}
          </Button>
          <ActionButton color="red.9" loading={action.busy} onClick={onConfirm}>
            {confirm}
          </ActionButton>
        </Group>
      </Stack>
    </Modal>
  );
}
