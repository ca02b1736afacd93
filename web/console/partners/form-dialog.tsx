import { Button, Group, Modal, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Trouble } from '../data/action';
import { ActionButton } from '../parts/action-button';
import { TroubleAlert } from '../parts/trouble';

interface FormDialogProps {
  title: string;
  /** Name of the record that the action is about. */
  about?: string;
  /** Name of the button that submits. */
  submit: string;
  /** Whether the action ends or removes something. */
  dangerous?: boolean;
  action: { readonly trouble: Trouble; readonly busy: boolean };
  /** Fields that show errors of their own. */
  fields?: readonly string[];
  size?: string;
  /** Runs the action. The dialog closes unless it resolves to null: then it shows the errors. */
  onSubmit(): Promise<unknown>;
  onClose(): void;
  children: ReactNode;
}

/** Dialog with a form. */
export function FormDialog(props: FormDialogProps) {
  const { t } = useTranslation(['partners', 'common']);
  const { action, onClose } = props;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if ((await props.onSubmit()) !== null) onClose();
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        <>
          {props.title}
          {props.about && ' · '}
          {props.about && <bdi>{props.about}</bdi>}
        </>
      }
      size={props.size ?? 'md'}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <form onSubmit={submit}>
        <Stack>
          {props.children}
          <TroubleAlert trouble={action.trouble} fields={props.fields ?? []} />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <ActionButton
              type="submit"
              loading={action.busy}
              {...(props.dangerous ? { color: 'red.9' } : {})}
            >
              {props.submit}
            </ActionButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
