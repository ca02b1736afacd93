import { Group, Stack, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';

/** Part of a page with a heading and actions. */
export function Section(props: { title: string; aside?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <Stack component="section" gap="sm" aria-labelledby={id}>
      <Group justify="space-between" gap="sm">
        <Title order={2} size="h4" id={id}>
          {props.title}
        </Title>
        {props.aside}
      </Group>
      {props.children}
    </Stack>
  );
}
