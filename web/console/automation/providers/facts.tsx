import { Group, Stack, Text } from '@mantine/core';

/** List of names and values. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: string])[] }) {
  return (
    <Stack component="dl" gap={4} m={0}>
      {facts.map(([name, value]) => (
        <Group key={name} gap="0 xs">
          <Text component="dt" size="sm" c="dimmed">
            {name}
          </Text>
          <Text component="dd" size="sm" m={0} ml="auto" ta="end">
            {value}
          </Text>
        </Group>
      ))}
    </Stack>
  );
}
