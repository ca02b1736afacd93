import { Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';

/** Page with a title, a lead, actions and content. */
export function Page(props: { title: string; lead?: ReactNode; aside?: ReactNode; children: ReactNode }) {
  useDocumentTitle(`${props.title} · Skybasket`);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start" gap="sm">
        <div style={{ minWidth: 0 }}>
          <Title order={1} size="h2" style={{ overflowWrap: 'anywhere' }}>
            <bdi>{props.title}</bdi>
          </Title>
          {props.lead && (
            <Text c="dimmed" component="div">
              {props.lead}
            </Text>
          )}
        </div>
        {props.aside}
      </Group>
      {props.children}
    </Stack>
  );
}
