import { Button, type ButtonProps, Text } from '@mantine/core';
import type { ComponentProps } from 'react';
import { useViewer } from './viewer';

/** Button with the name of the account, or of the user who has none. */
export function UserButton(props: Omit<ComponentProps<'button'>, keyof ButtonProps> & ButtonProps) {
  const viewer = useViewer();
  const name = viewer.account?.name ?? viewer.name;
  return (
    <Button variant="default" size="xs" maw={180} {...props}>
      <Text component="span" size="xs" truncate title={name}>
        <bdi>{name}</bdi>
      </Text>
    </Button>
  );
}
