import { Button, Group, Modal, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Trouble } from '../data/action';
import { ActionButton } from './action-button';
import { TroubleAlert } from './trouble';

interface FormDialogProps {
  title: string;
  /** Name of the button that submits the form. */
  submit: string;
  /** Name of the button that closes the dialog. Without it, the cross does. */
  keep?: string;
  dangerous?: boolean;
  disabled?: boolean;
  action: { readonly busy: boolean; readonly trouble: Trouble };
  /** Fields that show their errors themselves. */
  fields?: readonly string[];
  /** Sends the form. Resolves to a falsy value if it was rejected. */
  onSubmit(): Promise<unknown>;
  onClose(): void;
  children: ReactNode;
}

/** Dialog with a form of one action. Closes when the action has succeeded. */
export function FormDialog(props: FormDialogProps) {
  const { t } = useTranslation();
  const { action, onClose } = props;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await props.onSubmit()) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={props.title} closeButtonProps={{ 'aria-label': t('close') }}>
      <form onSubmit={submit}>
        <Stack>
          <TroubleAlert trouble={action.trouble} fields={props.fields ?? []} />
          {props.children}
          <Group justify="flex-end">
            {props.keep && (
              <Button variant="default" onClick={onClose}>
                {props.keep}
              </Button>
            )}
            <ActionButton
              type="submit"
              {...(props.dangerous && { color: 'red.9' })}
              disabled={props.disabled ?? false}
              loading={action.busy}
            >
              {props.submit}
            </ActionButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
