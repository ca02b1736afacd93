import { Group, Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { RenameSubscriptionDocument, type SubscriptionSummaryFragment } from '../../generated/graphql';
import { useAction } from '../data/action';
import { ActionButton } from '../parts/action-button';
import { fieldError, TroubleAlert } from '../parts/trouble';

/** Dialog that renames a subscription. */
export function RenameDialog(props: { subscription: SubscriptionSummaryFragment; onClose(): void }) {
  const { id, friendlyName, version } = props.subscription;
  const rename = useAction(RenameSubscriptionDocument);
  const [name, setName] = useState(friendlyName);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const input = { subscriptionId: id, friendlyName: name, expectedVersion: version };
    if (await rename.run({ input })) props.onClose();
  };

  return (
    <Modal
      opened
      onClose={props.onClose}
      title={`Rename ${friendlyName}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TroubleAlert trouble={rename.trouble} fields={['friendlyName']} />
          <TextInput
            label="Friendly name"
            required
            maxLength={100}
            data-autofocus
            value={name}
            error={fieldError(rename.trouble, 'friendlyName')}
            onChange={event => setName(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <ActionButton type="submit" loading={rename.busy}>
              Rename
            </ActionButton>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
